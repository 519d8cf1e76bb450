"""The right forms look much like the wrong ones."""


class RedisConfigurationBuilder:
    def __init__(self, env):
        self.env = env

    def is_development(self):
        return self.env.get("ENVIRONMENT") == "development"

    def url(self):
        return self.env.get("REDIS_URL")

    def host(self):
        if self.is_development():
            return self.env.get("REDIS_HOST", "localhost")
        return self.env["REDIS_HOST"]

    def validate(self, url, errors):
        if "localhost" in url:
            errors.append("Redis must not run on localhost here")


def bind(server):
    return server.start(port=0)
