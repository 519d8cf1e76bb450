import asyncio
import time
from time import sleep

from base import Base


# ruleid: mutable-default
def add(item, to=[]):
    to.append(item)


# ok: mutable-default
def reset(item, to=[]):
    to = list(to)


# ruleid: mutable-default
def options(*, given={}, rest=None):
    pass


# ok: mutable-default
def safe(item, to=None, more=()):
    pass


# ruleid: equals-none
if a == None:
    pass
# ruleid: equals-none
x = f(a.b == None)
# ok: equals-none
y = a is None
# ok: equals-none
z = a == "None"


def read():
    # ruleid: open-not-closed
    file = open("a")
    return file.read()


def read_and_close():
    # ok: open-not-closed
    file = open("a")
    text = file.read()
    file.close()
    return text


def swallow():
    # ruleid: swallowed
    try:
        run()
    except:
        pass
    # ruleid: swallowed
    try:
        run()
    except Exception as error:
        pass
    # ok: swallowed
    try:
        run()
    except ValueError:
        pass
    # ok: swallowed
    try:
        run()
    except Exception:
        log()


class Thing:
    def __init__(self):
        if a:
            # ok: return-in-init
            return
        # ruleid: return-in-init
        return 1

    def other(self):
        # ok: return-in-init
        return 2


@app.route("/admin/users")
# ruleid: unauthenticated-route
def users():
    return 1


@app.route("/admin/groups", methods=["GET"])
@login_required
# ok: unauthenticated-route
def groups():
    return 1


@app.route("/public")
# ok: unauthenticated-route
def public():
    return 1


# ruleid: list-changed-in-loop
for item in items:
    if item:
        items.append(item)
# ok: list-changed-in-loop
for item in items:
    others.append(item)

# ruleid: same-branches
if a:
    run()
else:
    run()
# ok: same-branches
if a:
    run(1)
else:
    run(2)

# ruleid: useless-comparison
if a.b == a.b:
    pass
# ok: useless-comparison
if a.b == a.c:
    pass


class Value:
    def __eq__(self, other):
        # ok: useless-comparison
        return self == self


async def wait():
    # ruleid: sleep-in-coroutine
    sleep(1)
    # ok: sleep-in-coroutine
    await asyncio.sleep(1)


def wait_too():
    # ok: sleep-in-coroutine
    time.sleep(1)


# ruleid: test-without-assert
def test_nothing():
    run()


# ok: test-without-assert
def test_something():
    run()
    assert done


# ok: test-without-assert
def helper():
    run()


# ruleid: super-missing
class Child(Base):
    def __init__(self, a):
        self.a = a


# ok: super-missing
class GoodChild(Base):
    def __init__(self, a):
        super().__init__(a)
        self.a = a


# ok: super-missing
class Other:
    def __init__(self):
        pass


# ruleid: logged-f-string
logger.info(f"got {value}")
# ruleid: logged-f-string
self.log.error(f"{value} failed", exc_info=True)
# ok: logged-f-string
logger.info("got %s", value)
# ok: logged-f-string
logger.info(f"got nothing")
# ok: logged-f-string
print(f"got {value}")

# ruleid: password-literal
password = "hunter2"
# ruleid: password-literal
DB_PASSWORD: str = "hunter2"
# ok: password-literal
password = ""
# ok: password-literal
password = read_password()
# ruleid: password-literal
connect(host="a", password="hunter2")
# ok: password-literal
connect(host="a", password=password)
