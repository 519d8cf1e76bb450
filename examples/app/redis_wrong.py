"""Redis settings that look configured and are not."""

import os


class Settings:
    redis_url: str = "redis://localhost:6379/2"


def redis_host(env):
    return env.get("REDIS_HOST", "localhost")


def redis_url():
    return os.environ["REDIS_URL"]


REDIS_PORT = 0
