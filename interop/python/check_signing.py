"""Signs a release and a file with the program and verifies with model-signing, and the
other way about, for each curve; and has both refuse what was changed.

usage: check_signing.py BINARY RELEASE FOLDER
"""

import os
import shutil
import subprocess
import sys

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

binary, release, work = sys.argv[1:4]
os.makedirs(work)
theirs = os.path.join(os.path.dirname(sys.executable), "model_signing")
copy = f"{work}/release"
shutil.copytree(release, copy)
with open(f"{work}/result.json", "w") as f:
    f.write('{"result_version":1}\n')


def run(*command, fails=False):
    done = subprocess.run(command, capture_output=True, text=True)
    if (done.returncode != 0) != fails:
        sys.exit(f"interop: signing: {' '.join(command)} gives {done.returncode}\n{done.stdout}{done.stderr}")


for curve in (ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()):
    key, public, sig = (f"{work}/{curve.name}.{end}" for end in ("pem", "pub", "sig"))
    made = ec.generate_private_key(curve)
    with open(key, "wb") as f:
        f.write(made.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    with open(public, "wb") as f:
        f.write(made.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))
    for target in (copy, f"{work}/result.json"):
        run(binary, "sign", target, "--key", key, "-o", sig)
        run(theirs, "verify", "key", target, "--signature", sig, "--public_key", public)
        run(theirs, "sign", "key", target, "--private_key", key, "--signature", sig)
        run(binary, "verify", target, "--key", public, "--signature", sig)
    run(binary, "sign", copy, "--key", key, "-o", sig)
    with open(f"{copy}/README.md", "a") as f:
        f.write("\n")
    run(theirs, "verify", "key", copy, "--signature", sig, "--public_key", public, fails=True)
    run(binary, "verify", copy, "--key", public, "--signature", sig, fails=True)
    shutil.copy(f"{release}/README.md", f"{copy}/README.md")
print("interop: signing: a release and a file, three curves, both ways")
