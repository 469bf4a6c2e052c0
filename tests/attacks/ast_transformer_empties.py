# /// attack
# name = "Empties every later cell"
# hole = "An AST transformer that leaves nothing of a cell"
# cell = "w01-q1-standardise"
# honest = 0
# flagged = true
# needs_seal = false
# ///
# ruff: noqa
import ast


class Nothing(ast.NodeTransformer):
    def visit_Module(self, node):
        node.body = [ast.parse("pass").body[0]]
        return node


get_ipython().ast_transformers.append(Nothing())
