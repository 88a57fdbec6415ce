"""Finds where a C++ source can be broken: each Mutant changes one expression, condition or statement of a function.

Read with clang's own parser, so that comments, strings, headers and types are left alone.
"""
import dataclasses
import pathlib
import re
import sys

sys.path.append("/usr/lib/python3/dist-packages")  # Debian's packages, where another Python comes first on PATH.
from clang import cindex  # noqa: E402

K = cindex.CursorKind
FUNCTIONS = {K.FUNCTION_DECL, K.CXX_METHOD, K.CONSTRUCTOR, K.FUNCTION_TEMPLATE, K.CONVERSION_FUNCTION}
CLASSES = {K.CLASS_DECL, K.STRUCT_DECL, K.CLASS_TEMPLATE, K.CLASS_TEMPLATE_PARTIAL_SPECIALIZATION}
BODIES = {K.COMPOUND_STMT, K.IF_STMT, K.FOR_STMT, K.CXX_FOR_RANGE_STMT, K.WHILE_STMT, K.DO_STMT}
# What says something to a reader, or refuses a program, does not compute.
TEXTUAL = re.compile(r"\b(verify|parse|print|describe|str$|getAsmResultNames|getArgument|getDescription|precedence)")
OPERATIONS = {"AddFOp": "SubFOp", "SubFOp": "AddFOp", "MulFOp": "DivFOp", "DivFOp": "MulFOp", "MaximumFOp": "MinimumFOp",
              "MinimumFOp": "MaximumFOp", "ReduceMaxOp": None}
RELATIONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
PREDICATES = {"OEQ": "UNE", "UNE": "OEQ", "OLT": "OGE", "OGT": "OLE", "eq": "ne", "ne": "eq", "slt": "sge", "sge": "slt"}
QUANTIFIERS = {"any_of": "all_of", "all_of": "any_of", "none_of": "any_of"}
EXPR = "theria::rules::Expr"


@dataclasses.dataclass(frozen=True)
class Mutant:
    """A replacement of the bytes start..end. `form` says how it stands beside the original, see schema.py."""
    kind: str
    start: int
    end: int
    form: str
    after: str
    function: str
    line: int


def arguments_in(call):
    """The texts of a call's arguments; clang knows none where the callee depends on a template."""
    depth, parts, end = 0, [], len(call) - 1
    for at in range(len(call) - 1, -1, -1):
        depth += (call[at] in ")]}") - (call[at] in "([{")
        if depth == 0 or depth == 1 and call[at] == ",":
            parts.insert(0, call[at + 1:end].strip())
            end = at
        if depth == 0:
            break
    return parts


class Finder:
    def __init__(self, path, arguments, source=None):
        self.path = str(path)
        self.source = pathlib.Path(path).read_bytes() if source is None else source
        self.unit = cindex.Index.create().parse(self.path, args=arguments)
        errors = [d for d in self.unit.diagnostics if d.severity >= cindex.Diagnostic.Error]
        if errors:
            sys.exit(f"error: expected {path} to compile, but found: {errors[0]}; build the project first")
        self.found = {}
        self.function = ""

    def mutants(self):
        for cursor in self.unit.cursor.get_children():
            if cursor.location.file and cursor.location.file.name == self.path:
                self.visit(cursor, None)
        return sorted(self.found.values(), key=lambda m: (m.start, -m.end, m.kind, m.after))

    # Text

    def text(self, start, end):
        return self.source[start:end].decode()

    def of(self, cursor):
        return self.text(cursor.extent.start.offset, cursor.extent.end.offset)

    def add(self, kind, cursor, after, form="value", end=None):
        start, end = cursor.extent.start.offset, end or cursor.extent.end.offset
        before = self.text(start, end)
        # A converted initialiser has the range of its variable.
        if re.sub(r"\s", "", before) == re.sub(r"\s", "", after) or form != "statement" and re.match(r"return\b|\w+ = ", before):
            return
        mutant = Mutant(kind, start, end, form, after, self.function, self.source.count(b"\n", 0, start) + 1)
        self.found.setdefault((start, end, form == "statement", after), mutant)

    # The walk

    def visit(self, cursor, parent):
        outer = self.function
        if cursor.kind in FUNCTIONS | CLASSES:
            owner = cursor.semantic_parent
            owner = outer or (owner.spelling if owner is not None and owner.kind in CLASSES else "")
            self.function = "::".join(filter(None, (owner, cursor.spelling.split("<")[0])))
            if TEXTUAL.search(self.function):
                self.function = outer
                return
        elif self.function:
            self.mutate(cursor, parent)
        if cursor.kind in (K.STATIC_ASSERT, K.TYPE_ALIAS_DECL):
            return
        children = list(cursor.get_children())
        if cursor.kind == K.FOR_STMT:  # A loop that runs too far says nothing of the mathematics.
            children = children[-1:]
        elif cursor.kind == K.CASE_STMT:
            children = children[1:]
        for child in children:
            if child.extent.start.file and child.extent.start.file.name == self.path:
                self.visit(child, cursor)
        self.function = outer

    def mutate(self, cursor, parent):
        kind = cursor.kind
        if kind in (K.BINARY_OPERATOR, K.COMPOUND_ASSIGNMENT_OPERATOR, K.CALL_EXPR, K.UNARY_OPERATOR):
            self.operator(cursor)
        if kind == K.CALL_EXPR:
            self.call(cursor)
        elif kind in (K.INTEGER_LITERAL, K.FLOATING_LITERAL):
            self.literal(cursor)
        elif kind == K.IF_STMT:
            self.branch(cursor)
        elif kind == K.CONDITIONAL_OPERATOR:
            self.truth("guard", list(cursor.get_children())[0], "true", "false")
        elif kind == K.RETURN_STMT:
            self.answer(cursor)
        elif kind == K.INIT_LIST_EXPR:
            self.elements(cursor)
        elif kind == K.DECL_REF_EXPR and cursor.spelling in PREDICATES and "Predicate" in cursor.type.spelling:
            self.add("guard", cursor, self.of(cursor).replace(cursor.spelling, PREDICATES[cursor.spelling]))
        if parent is not None and parent.kind in BODIES:
            self.statement(cursor, parent)

    # Kinds of mutation

    def operands(self, cursor):
        """The operator of an expression and its operands, also where it is a call of an overload."""
        if cursor.kind == K.CALL_EXPR:
            if not re.fullmatch(r"operator[-+*/%&|<>=!]+", cursor.spelling):
                return "", []
            parts = [argument for argument in cursor.get_arguments() if argument]
        else:
            parts = list(cursor.get_children())
        begin, finish = cursor.extent.start.offset, cursor.extent.end.offset
        if len(parts) == 1:
            sign = self.text(begin, parts[0].extent.start.offset).strip()
        elif len(parts) == 2:
            between = self.text(parts[0].extent.end.offset, parts[1].extent.start.offset)
            sign = re.sub(r"//[^\n]*|\s", "", between)
            if parts[0].extent.start.offset != begin or parts[1].extent.end.offset != finish:
                return "", []
        else:
            return "", []
        return sign, parts

    def operator(self, cursor):
        sign, parts = self.operands(cursor)
        if len(parts) == 1 and sign == "-":
            self.add("sign", cursor, self.of(parts[0]))
        if len(parts) != 2:
            return
        left, right = map(self.of, parts)
        if sign in ("+", "-", "*", "/") and cursor.type.get_canonical().kind != cindex.TypeKind.POINTER:
            words = "basic_string" in cursor.type.get_canonical().spelling or "Twine" in cursor.type.spelling
            if sign in "+-" and not words:
                self.add("sign", cursor, f"{left} {'-' if sign == '+' else '+'} {right}")
            self.add("operand", cursor, left)
            if sign in "+*":
                self.add("operand", cursor, right)
        elif sign in ("&&", "||"):
            for part in parts:
                if self.operands_of_logic(part) != sign:
                    self.truth("guard", part, "true" if sign == "&&" else "false")
        elif sign in RELATIONS:
            self.add("guard", cursor, f"{left} {RELATIONS[sign]} {right}")

    def literal(self, cursor):
        text = self.of(cursor)
        before, after = self.source[:cursor.extent.start.offset].rstrip(), self.source[cursor.extent.end.offset:].lstrip()
        if not text or before[-1:] in b"<," and after[:1] == b">":  # An argument of a template.
            return
        match = re.fullmatch(r"(\d+)(\.\d+)?([uUlL]*)", text)
        if match and (match[2] is None or float(text) != 0.5):
            self.add("factor", cursor, f"{int(match[1]) + 1}{match[2] or ''}{match[3]}")
        elif match:
            self.add("factor", cursor, "1.0")

    def operands_of_logic(self, cursor):
        while cursor.kind == K.UNEXPOSED_EXPR and len(list(cursor.get_children())) == 1:
            cursor = next(cursor.get_children())
        return self.operands(cursor)[0] if cursor.kind in (K.BINARY_OPERATOR, K.CALL_EXPR) else ""

    def truth(self, kind, cursor, *values):
        """A condition that always holds, or never. What is missing stays missing: to use it would be a crash."""
        test = re.fullmatch(r"(!?)\s*\w+", self.of(cursor))
        names = [c for c in cursor.walk_preorder() if c.kind == K.DECL_REF_EXPR] if test else []
        presence = bool(names) and names[0].type.get_canonical().spelling not in ("bool", "const bool")
        for value in values:
            if not presence or value == ("true" if test[1] else "false"):
                self.add(kind, cursor, value, "condition")

    def branch(self, cursor):
        """An if whose condition always holds, or never."""
        start = cursor.extent.start.offset
        if not re.match(rb"if\s*\(", self.source[start:]):
            return
        children = list(cursor.get_children())
        declared = [child for child in children[:2] if child.kind in (K.VAR_DECL, K.DECL_STMT)]
        bodies = 3 if re.search(r"^\s*else\b", self.text(children[-2].extent.end.offset + 0,
                                                         children[-1].extent.start.offset).lstrip(";")) else 2
        conditions = children[:len(children) - (bodies - 1)]
        last = conditions[-1]
        head = self.text(start, last.extent.end.offset)
        if declared and ";" not in head:
            variable = declared[0] if declared[0].kind == K.VAR_DECL else list(declared[0].get_children())[0]
            end = variable.extent.end.offset
            mutant = Mutant("guard", end, end, f"after {variable.spelling}", "false", self.function,
                            self.source.count(b"\n", 0, start) + 1)
            self.found.setdefault((end, end, False, "false"), mutant)
        else:
            self.truth("guard", last, "true", "false")

    def answer(self, cursor):
        children = list(cursor.get_children())
        if children and children[0].type.get_canonical().spelling == "bool":
            self.truth("guard", children[0], *({"true", "false"} - {self.of(children[0])}))

    def elements(self, cursor):
        """A partial derivative of zero."""
        for child in cursor.get_children():
            if EXPR in cursor.type.get_canonical().spelling and self.of(child) != "0":
                self.add("operand", child, f"::{EXPR}(0)")

    def statement(self, cursor, parent):
        if cursor.kind not in (K.CALL_EXPR, K.BINARY_OPERATOR, K.COMPOUND_ASSIGNMENT_OPERATOR, K.UNARY_OPERATOR,
                               K.UNEXPOSED_EXPR, K.BREAK_STMT):
            return
        end = cursor.extent.end.offset
        semicolon = re.match(rb"\s*;", self.source[end:])
        text = self.of(cursor)
        if not semicolon or re.search(r"\breplaceOp\b|\beraseOp\b|\bsignalPassFailure\b|\bllvm_unreachable\b|^os\b", text):
            return
        end += semicolon.end()
        rewrite = re.match(r"(.*\.)replaceOpWithNewOp<(?:arith::)?(\w+)>\(", text)
        if not rewrite:
            self.add("statement", cursor, "", "statement", end)
        elif rewrite[2] == "NegFOp":
            self.add("sign", cursor, text.replace("WithNewOp<arith::NegFOp>", "") + ";", "statement", end)
        elif OPERATIONS.get(rewrite[2]):
            self.add("sign", cursor, text.replace(rewrite[2], OPERATIONS[rewrite[2]]) + ";", "statement", end)
            head, first, second = arguments_in(text)
            self.add("sign", cursor, f"{rewrite[0]}{head}, {second}, {first});", "statement", end)
        for shorter in self.without_alternative(cursor):
            self.add("operand", cursor, shorter + ";", "statement", end)

    def without_alternative(self, cursor):
        """The call with one of several operations left out: isa<A, B>(x), patterns.add<A, B>(c), table.inactive<A, B>()."""
        match = re.match(r"([\s\w.:]*\b(?:isa|isa_and_nonnull|add|inactive|patterns\s*\.add)<)([\w:<>,\s]+)(>\(.*)", self.of(cursor), re.S)
        if not match:
            return
        names = re.findall(r"(?:[^,<]|<[^>]*>)+", match[2])
        for leave in range(len(names) if len(names) > 1 else 0):
            kept = ",".join(names[:leave] + names[leave + 1:])
            yield match[1] + kept + match[3]

    def call(self, cursor):
        text, arguments = self.of(cursor), [a for a in cursor.get_arguments() if a and self.of(a)]
        if cursor.spelling.startswith("operator") or not text.endswith(")"):
            return
        if text.startswith(("isa", "llvm::isa")):
            for shorter in self.without_alternative(cursor):
                self.add("guard", cursor, shorter, "condition")
        self.made_operation(cursor, text, arguments_in(text))
        quantifier = re.match(r"(?:llvm::)?(any_of|all_of|none_of)\(", text)
        if quantifier:
            self.add("guard", cursor, text.replace(quantifier[1], QUANTIFIERS[quantifier[1]], 1))
        own = self.plain(cursor.type)
        for argument in arguments:
            kind, source = self.plain(argument.type), self.of(argument)
            if own == EXPR or own in ("mlir::Value", "std::basic_string<char>", "std::string") and own == kind:
                # A function left out: f(x) becomes x.
                self.add("operand", cursor, f"::{EXPR}({source})" if own == EXPR else source)
            if re.search(r"(?i)mask|where|anyOf", source) and ("mlir::Value" in kind or "TypedValue" in kind):
                self.add("operand", argument, "::mlir::Value()")

    @staticmethod
    def plain(kind):
        return re.sub(r"\bconst | ?&+$", "", kind.get_canonical().spelling)

    def made_operation(self, cursor, text, arguments):
        made = re.match(r"((?:\w+::)*?)(\w+)::create\(|(?:\w+\.)?(binary)<(?:arith::)?(\w+)>\(", text)
        if not made:
            return
        name = made[2] or made[4]
        if OPERATIONS.get(name):
            self.add("sign", cursor, text.replace(name, OPERATIONS[name], 1), "mlir::Value")
        if name in ("NegFOp", "ExtFOp") or len(arguments) < 2:
            if name == "NegFOp":
                self.add("sign", cursor, arguments[-1], "mlir::Value")
            return
        first, second = arguments[-2:]
        if name in ("SubFOp", "DivFOp", "SelectOp"):
            self.add("sign", cursor, f"{made[0]}{', '.join(arguments[:-2] + [second, first])})", "mlir::Value")
        if name in ("AddFOp", "SubFOp", "MulFOp", "DivFOp", "SelectOp", "MaximumFOp"):
            self.add("operand", cursor, first, "mlir::Value")
        if name in ("AddFOp", "MulFOp", "SelectOp"):
            self.add("operand", cursor, second, "mlir::Value")
