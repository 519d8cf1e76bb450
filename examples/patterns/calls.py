import hashlib
import os
import subprocess as sp
import tempfile
from hashlib import md5, new
from subprocess import check_output

import jwt
import requests
import yaml
from requests import get as fetch

# ruleid: requests-without-verification, requests-without-timeout
requests.get("https://x", verify=False)
# ruleid: requests-without-verification
requests.post("https://x", verify=False, timeout=3)
# ruleid: requests-without-verification
# ok: requests-without-timeout
fetch("https://x", headers={}, verify=False)
# ok: requests-without-verification
requests.get("https://x", verify=True, timeout=1)
# ok: requests-without-verification
requests.get("https://x", verify=verify, timeout=1)
# ok: requests-without-verification, requests-without-timeout
session.get("https://x", verify=False)
# ok: requests-without-timeout
requests.get("https://x", **options)
# ok: requests-without-timeout
requests.put("https://x")
# ruleid: requests-without-timeout
requests.get("https://x", params=dict(timeout=3))

# ruleid: shell-true
sp.run(command, shell=True)
# ruleid: shell-true
check_output(f"ls {path}", shell=True)
# ruleid: shell-true
sp.Popen(args=command, shell=True, cwd="/")
# ok: shell-true
sp.run("ls -l", shell=True)
# ok: shell-true
sp.run("ls -l", check=True, shell=True)
# ok: shell-true
sp.run(["ls"], shell=False)
# ok: shell-true
sp.run(command)
COMMAND = "ls"
# ok: shell-true
sp.run(COMMAND, shell=True)

# ruleid: os-system-dynamic
os.system("rm " + path)
# ruleid: os-system-dynamic
os.popen(command)
# ok: os-system-dynamic
os.system("ls")
# ok: os-system-dynamic
os.system("ls " "-l")
# ok: os-system-dynamic
self.os.system(command)

# ruleid: yaml-load
yaml.load(text)
# ruleid: yaml-load
yaml.load(text, Loader=yaml.Loader)
# ok: yaml-load
yaml.load(text, Loader=yaml.SafeLoader)
# ok: yaml-load
yaml.load(text, yaml.SafeLoader)
# ok: yaml-load
yaml.safe_load(text)
# ruleid: yaml-load
yaml.unsafe_load(text)

# ruleid: weak-hash
md5(b"")
# ruleid: weak-hash
hashlib.sha1()
# ok: weak-hash
hashlib.sha1(usedforsecurity=False)
# ok: weak-hash
hashlib.sha256()
# ruleid: weak-hash
new("MD5", data)
# ok: weak-hash
new("sha256")

# ruleid: eval-dynamic
eval(text)
# ruleid: eval-dynamic
eval("a" + b, {})
# ok: eval-dynamic
eval("1 + 1")
# ok: eval-dynamic
model.eval(text)

# ruleid: debug-run
app.run(debug=True)
# ruleid: debug-run
app.run("0.0.0.0", 80, debug=True, threaded=True)
# ok: debug-run
app.run(debug=False)
# ok: debug-run
run(debug=True)

# ruleid: mktemp
tempfile.mktemp()
# ok: mktemp
tempfile.mkdtemp()

# ruleid: token-not-verified
jwt.decode(token, key, verify=False)
# ruleid: token-not-verified
jwt.decode(token, options={"verify_signature": False})
# ruleid: token-not-verified
jwt.decode(token, options={"verify_aud": True, "verify_signature": False})
# ok: token-not-verified
jwt.decode(token, key, algorithms=["HS256"])
# ok: token-not-verified
jwt.decode(token, options={"verify_signature": True})
# ruleid: token-not-verified
jwt.encode(payload, None, algorithm="none")

# ruleid: bind-everywhere
sock.bind(("0.0.0.0", 80))
# ruleid: bind-everywhere
self.sock.bind(("", port))
# ok: bind-everywhere
sock.bind(("127.0.0.1", 80))

# ruleid: open-world-writable
os.chmod(path, 0o777)
# ruleid: open-world-writable
os.chmod(path, 0o666)
# ok: open-world-writable
os.chmod(path, 0o755)
# ok: open-world-writable
os.chmod(path, mode)


def query(cursor, name):
    # ruleid: exec-format
    cursor.execute("select %s" % name)
    # ruleid: exec-format
    cursor.execute("select " + name)
    # ruleid: exec-format
    cursor.execute("select {}".format(name))
    # ruleid: exec-format
    cursor.execute(f"select {name}")
    # ok: exec-format
    cursor.execute("select %s", (name,))
    # ok: exec-format
    cursor.execute("select 1")
    text = "select %s" % name
    # ruleid: exec-format
    cursor.execute(text)
