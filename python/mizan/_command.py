"""The command `dataset`, its answers and its errors."""

import os
import shutil
import subprocess
import sys
import sysconfig


class MizanError(Exception):
    """What the command says when it fails: message, hint and exit code."""

    def __init__(self, message, hint="", code=1, output=""):
        super().__init__(message + (f"\nhint: {hint}" if hint else ""))
        self.message, self.hint, self.code, self.output = message, hint, code, output


class UsageError(MizanError):
    """Wrong options (exit code 2)."""


class CheckFailed(MizanError):
    """A check that did not hold (exit code 3); `output` is what the command printed."""


def binary():
    """The path of the command: $MIZAN_DATASET, that of this package, or one on PATH."""
    name = "dataset.exe" if os.name == "nt" else "dataset"
    user = "nt_user" if os.name == "nt" else "posix_user"
    package = os.path.dirname(os.path.abspath(__file__))
    places = [os.environ.get("MIZAN_DATASET", "")]
    places += [os.path.join(folder, name) for folder in (
        sysconfig.get_path("scripts"), sysconfig.get_path("scripts", user),
        os.path.join(os.path.dirname(package), "bin"),  # pip install --target
    ) if folder]
    for place in places:
        if place and os.path.isfile(place):
            return place
    found = shutil.which(name)
    if not found:
        raise FileNotFoundError("the command dataset is not there: pip install mizan-dataset, or name it in MIZAN_DATASET")
    return found


def command(*arguments, quiet=True):
    """Runs `dataset ARGUMENTS` and gives its standard output; what it says beside that
    goes to standard error unless quiet. A failure is a MizanError."""
    done = subprocess.run([binary(), *map(str, arguments)], capture_output=True, text=True, encoding="utf-8")
    if done.returncode == 0:
        if not quiet:
            sys.stderr.write(done.stderr)
        return done.stdout
    lines = [line.removeprefix("dataset: ") for line in done.stderr.splitlines()]
    hints = [line.removeprefix("hint: ") for line in lines if line.startswith("hint: ")]
    said = [line for line in lines if not line.startswith("hint: ")]
    kind = {2: UsageError, 3: CheckFailed}.get(done.returncode, MizanError)
    raise kind("\n".join(said) or f"exit code {done.returncode}", "\n".join(hints), done.returncode, done.stdout)


def flags(**options):
    """Options as flags: None and False are none, a list is one flag an item."""
    out = []
    for name, value in options.items():
        flag = "--" + name.rstrip("_").replace("_", "-")
        for one in value if isinstance(value, (list, tuple)) else [value]:
            if one is True:
                out.append(flag)
            elif one is not None and one is not False:
                out.append(f"{flag}={one}")
    return out
