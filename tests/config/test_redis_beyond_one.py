"""Sentinels, a cluster, TLS: from the file or from variables, and never two places at once."""

from pathlib import Path

import pytest

from later_tui.config.load import load
from later_tui.config.settings import RedisSettings
from later_tui.domain.errors import ConfigError

HOME = {"HOME": "/home/ada", "USER": "ada"}
SECRET = "open-sesame"


def read(**environ: str) -> RedisSettings:
    return load({}, {**HOME, **environ}).redis


def in_file(tmp_path: Path, text: str, **environ: str) -> RedisSettings:
    file = tmp_path / "config.toml"
    file.write_text(f"[redis]\n{text}\n")
    file.chmod(0o600)
    return load({"config": str(file)}, {**HOME, **environ}).redis


def test_variables_alone_name_sentinels() -> None:
    redis = read(
        LATER_REDIS_SENTINELS="a:26379, b:26380,[::1]:26381",
        LATER_REDIS_SERVICE="thoughts",
        LATER_REDIS_SENTINEL_PASSWORD=SECRET,
        LATER_REDIS_USERNAME="u",
        LATER_REDIS_PASSWORD="p",
    )
    assert redis.sentinels == ("a:26379", "b:26380", "[::1]:26381")
    assert (redis.service, redis.sentinel_password) == ("thoughts", SECRET)
    assert (redis.username, redis.password) == ("u", "p")
    assert redis.configured
    assert SECRET not in repr(redis)


def test_variables_alone_name_a_cluster_with_tls(tmp_path: Path) -> None:
    authority = tmp_path / "ca.pem"
    authority.write_text("-----BEGIN CERTIFICATE-----")
    redis = read(
        LATER_REDIS_CLUSTER="a:7000,b:7001",
        LATER_REDIS_SHARDS="8",
        LATER_REDIS_TLS="yes",
        LATER_REDIS_CA_FILE=str(authority),
    )
    assert (redis.cluster, redis.shards) == (("a:7000", "b:7001"), 8)
    assert (redis.tls, redis.ca_file) == (True, str(authority))
    assert redis.configured


def test_the_file_names_them_too(tmp_path: Path) -> None:
    redis = in_file(
        tmp_path,
        f'sentinels = ["a:1", "b:2"]\nservice = "s"\nsentinel_password = "{SECRET}"\n'
        "tls = true\nshards = 4",
    )
    assert (redis.sentinels, redis.service) == (("a:1", "b:2"), "s")
    assert (redis.sentinel_password, redis.tls, redis.shards) == (SECRET, True, 4)
    redis = in_file(tmp_path, 'host = "h"\nreplicas = true\ntls = false')
    assert (redis.host, redis.replicas, redis.tls) == ("h", True, False)


def test_a_place_in_a_variable_takes_nothing_from_the_file_s_server(tmp_path: Path) -> None:
    text = f'sentinels = ["a:1"]\nservice = "s"\ntls = true\npassword = "{SECRET}"'
    redis = in_file(tmp_path, text, LATER_REDIS_CLUSTER="c:7000")
    assert redis == RedisSettings(cluster=("c:7000",))
    redis = in_file(tmp_path, text, LATER_REDIS_URL="redis://h")
    assert redis == RedisSettings(url="redis://h")


def test_a_url_says_by_itself_whether_tls_is_used(tmp_path: Path) -> None:
    authority = tmp_path / "ca.pem"
    authority.write_text("-----BEGIN CERTIFICATE-----")
    redis = read(LATER_REDIS_URL="rediss://h", LATER_REDIS_CA_FILE=str(authority))
    assert (redis.tls, redis.ca_file) == (True, str(authority))
    assert read(LATER_REDIS_URL="rediss://h", LATER_REDIS_TLS="1").tls
    assert not read(LATER_REDIS_URL="redis://h", LATER_REDIS_TLS="off").tls


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"SENTINELS": ""}, "LATER_REDIS_SENTINELS is empty; expected one or more of HOST:PORT"),
        ({"SENTINELS": "a"}, 'LATER_REDIS_SENTINELS is "a"; expected one or more of HOST:PORT'),
        ({"SENTINELS": "a:1,,b:2"}, "HOST:PORT"),
        ({"SENTINELS": "a:99999"}, 'is "a:99999"'),
        ({"SENTINELS": "a:0"}, 'is "a:0"'),
        ({"SENTINELS": "::1:26379"}, "HOST:PORT"),
        ({"SENTINELS": "redis://a:1"}, "HOST:PORT"),
        ({"CLUSTER": "a b:1"}, "HOST:PORT"),
        ({"CLUSTER": "u@a:1"}, "HOST:PORT"),
        ({"CLUSTER": "a:1", "SENTINELS": "a:1"}, "are both set; expected one of them"),
        ({"URL": "redis://a", "SENTINELS": "a:1"}, "are both set; expected one of them"),
        ({"URL": "redis://a", "CLUSTER": "a:1"}, "are both set; expected one of them"),
        ({"HOST": "a", "CLUSTER": "a:1"}, "are both set; expected one of them"),
        ({"SERVICE": "s", "URL": "redis://a"}, "goes with redis.sentinels, not with LATER_REDIS_U"),
        ({"SENTINEL_PASSWORD": SECRET, "CLUSTER": "a:1"}, "goes with redis.sentinels"),
        ({"PORT": "6379", "CLUSTER": "a:1"}, "LATER_REDIS_PORT is set, but goes with redis.host"),
        ({"SERVICE": "s"}, "LATER_REDIS_SERVICE is set, but nothing says where"),
        ({"TLS": "1"}, "LATER_REDIS_TLS is set, but nothing says where"),
        ({"TLS": "maybe", "HOST": "a"}, 'LATER_REDIS_TLS is "maybe"; expected true or false'),
        ({"TLS": "1", "URL": "redis://a"}, "is true, but LATER_REDIS_URL begins with redis://"),
        ({"TLS": "0", "URL": "rediss://a"}, "is false, but LATER_REDIS_URL begins with rediss://"),
        ({"CA_FILE": "/dev/null", "URL": "redis://a"}, "but nothing asks for TLS"),
        ({"CA_FILE": "/dev/null", "HOST": "a"}, "but nothing asks for TLS"),
        ({"CA_FILE": "/nonexistent", "URL": "rediss://a"}, "expected the path of a file with"),
        ({"CA_FILE": "/etc/hosts", "URL": "rediss://a"}, "expected the path of a file with"),
        ({"CA_FILE": "", "URL": "rediss://a"}, "LATER_REDIS_CA_FILE is empty"),
        ({"SHARDS": "0"}, 'LATER_REDIS_SHARDS is "0"; expected a whole number from 1 to 1024'),
    ],
)
def test_what_contradicts_itself_is_one_sentence(environ: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(**{f"LATER_REDIS_{name}": value for name, value in environ.items()})
    sentence = str(caught.value)
    assert said in sentence
    assert "\n" not in sentence
    assert SECRET not in sentence
    assert len(sentence) < 300


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sentinels = 3", "redis.sentinels is 3; expected one or more of HOST:PORT"),
        ("sentinels = []", "expected one or more of HOST:PORT"),
        ("cluster = [1]", "expected one or more of HOST:PORT"),
        ('host = "h"\ntls = 1', "redis.tls is 1; expected true or false"),
        ('host = "h"\nreplicas = "x"', 'redis.replicas is "x"; expected true or false'),
        ('host = "h"\ntls = true\nca_file = "ca.pem"', "expected a full path"),
        ('sentinels = ["a:1"]\ncluster = ["a:1"]', "are both set"),
    ],
)
def test_a_wrong_value_in_the_file_is_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        in_file(tmp_path, text)
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path))
