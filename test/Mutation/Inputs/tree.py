"""The copy of the project that holds the mutants. The project itself is only read."""
import concurrent.futures
import dataclasses
import hashlib
import json
import pathlib
import re
import shlex
import subprocess
import sys

import points
import schema

ROOMS = ("dialect", "include", "lib", "runtime", "tools", "test", "docs", "CMakeLists.txt", "LICENSE", "README.md",
         ".clang-format", ".clang-tidy")


def digest(*parts):
    return hashlib.sha256(b"\0".join(part if isinstance(part, bytes) else str(part).encode() for part in parts)).hexdigest()


# Finding

def commands(build):
    """How each source is compiled, less what it is compiled into."""
    file = build / "compile_commands.json"
    if not file.exists():
        sys.exit(f"error: expected {file}, but found none; build the project first")
    for entry in json.loads(file.read_text(encoding="utf-8")):
        words = shlex.split(entry["command"])
        words = words[1:] if words[0].endswith("ccache") else words
        yield entry["file"], words[:words.index("-o")]


def find_in(path, function, command, cache):
    """The mutants of a source that compile, found once for what the source and the scripts are."""
    source = path.read_bytes()
    scripts = [pathlib.Path(module.__file__).read_bytes() for module in (points, schema)]
    known = cache / (digest(path, source, function, shlex.join(command), *scripts) + ".json")
    if known.exists():
        return json.loads(known.read_text(encoding="utf-8"))
    finder = points.Finder(path, command[1:])
    found = [mutant for mutant in finder.mutants() if re.search(function, mutant.function)]
    _, refused = schema.compilable(source, list(enumerate(found)), command)
    kept = [dataclasses.asdict(mutant) | {"before": finder.text(mutant.start, mutant.end)}
            for number, mutant in enumerate(found) if number not in refused]
    cache.mkdir(parents=True, exist_ok=True)
    known.write_text(json.dumps({"mutants": kept, "refused": len(refused)}), encoding="utf-8")
    return {"mutants": kept, "refused": len(refused)}


def find_mutants(root, build, folder, targets, jobs):
    """All mutants, numbered, and the sources that hold them."""
    known = dict(commands(build))
    for file in targets:
        if str(root / file) not in known:
            sys.exit(f"error: expected a source of the project, but found '{file}'; name one as in lib/Simplify/Signs.cpp")
    with concurrent.futures.ProcessPoolExecutor(jobs) as pool:
        found = pool.map(find_in, [root / file for file in targets], targets.values(),
                         [known[str(root / file)] for file in targets], [folder / "found"] * len(targets))
    mutants, sources = [], {}
    for file, result in zip(targets, found):
        source = (root / file).read_bytes()
        own = []
        for fields in result["mutants"]:
            number = len(mutants)
            own.append((number, points.Mutant(**{key: value for key, value in fields.items() if key != "before"})))
            mutants.append({"number": number, "file": file, "source": digest(source), **fields})
        sources[file] = schema.Schema(source, own).text
        print(f"{file}: {len(own)} mutants, {result['refused']} more that do not compile", flush=True)
    return name_all(mutants), sources


def name_all(mutants):
    """A key for each: place, kind and texts, counted where they repeat; and a digest of it and of the source."""
    times = {}
    for mutant in mutants:
        texts = [re.sub(r"\s+", " ", mutant[which]) for which in ("before", "after")]
        key = " | ".join([mutant["file"], mutant["function"], mutant["kind"], mutant["form"], *texts])
        times[key] = times.get(key, 0) + 1
        mutant["key"] = key if times[key] == 1 else f"{key} | {times[key]}"
        mutant["digest"] = digest(mutant["key"], mutant["source"])[:16]
    return mutants


# Building

def files_of(root):
    for room in ROOMS:
        for path in [root / room, *sorted((root / room).rglob("*"))]:
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(root)


def write_changed(path, data, mode=None):
    if not path.exists() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    if mode is not None:
        path.chmod(mode)


def tests_of_rules(root):
    """rules.test, an input at a time: a mutant of one rule needs not wait for the others."""
    for path in sorted((root / "test/Rules/Inputs").glob("*.mlir")):
        name = pathlib.Path("test/Rules/Each", path.stem + ".test")
        yield name, f"RUN: check-rules %root/{path.relative_to(root)}\n"


def build(root, folder, sources):
    """Brings the copy up to date with the mutants in it, and builds it as the project is built."""
    copy = folder / "tree"
    wanted = set(files_of(root))
    made = dict(tests_of_rules(root))
    for path in list(files_of(copy)):
        if path not in wanted and path not in made:
            (copy / path).unlink()
    for path, text in made.items():
        write_changed(copy / path, text.encode())
    for path in wanted:
        data = sources[str(path)].encode() if str(path) in sources else (root / path).read_bytes()
        write_changed(copy / path, data, (root / path).stat().st_mode & 0o777)
    print(f"building the copy in {copy}", flush=True)
    setup = shlex.quote(str(copy / "tools" / "setup.sh"))
    log = folder / "build.log"
    with open(log, "w", encoding="utf-8") as file:
        run = subprocess.run(["bash", "-c", f". {setup}; theria_build"], stdout=file, stderr=subprocess.STDOUT)
    if run.returncode:
        sys.exit(f"error: expected the mutated copy to build, but it did not; see {log}")


def state(folder):
    """What decides, beside the tests themselves, which mutants they come to."""
    copy = folder / "tree"
    return digest(*(data for path in files_of(copy) if path.parts[0] in ("dialect", "include", "lib", "runtime", "tools")
                    for data in (path, (copy / path).read_bytes())))
