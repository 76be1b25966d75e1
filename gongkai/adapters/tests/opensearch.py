"""A stand-in for an OpenSearch server that knows the part of its API the documents tell of.

It answers searches truly over what was put into it, and refuses as the server does: unknown
paths (400), parameters, content types (406), body keys, query clauses, fields that the mapping
lacks. Written from the documentation; a real cluster was not at hand.
"""

import contextlib
import fnmatch
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

SEARCH_KEYS = {"from", "size", "track_total_hits", "_source", "query", "post_filter", "aggs",
               "sort", "search_after"}  # fmt: skip
BOOL_KEYS = {"must", "should", "filter", "minimum_should_match", "boost"}


class RefusedError(Exception):
    def __init__(self, status, kind, reason):
        super().__init__(reason)
        self.status, self.kind, self.reason = status, kind, reason


def need(holds, reason, status=400, kind="parsing_exception"):
    if not holds:
        raise RefusedError(status, kind, reason)


@dataclass
class Fake:
    """What the server holds; `refuse` makes the next bulk items fail as (status, type)."""

    indices: dict = field(default_factory=dict)
    aliases: dict = field(default_factory=dict)
    templates: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    refuse: tuple = ()
    password: str = ""

    # Paths ------------------------------------------------------------------------------------

    def answer(self, method, path, options, kind, body):
        self.asked.append((method, path))
        for wanted, pattern, allowed, content, verb in self.routes():
            found = re.fullmatch(pattern, path)
            if found and wanted == method:
                need(set(options) <= allowed, f"unrecognized parameter {sorted(options)}", 400)
                need(content is None or kind == content, f"Content-Type {kind}", 406, "media_type")
                need(content is not None or not body, "request does not support having a body", 400)
                return verb(*found.groups(), *([body] if content else []), **options)
        raise RefusedError(400, "illegal_argument_exception", f"no handler for {method} {path}")

    def routes(self):
        json_, lines = "application/json", "application/x-ndjson"
        name = "([a-z0-9][a-z0-9_-]*)"
        return (
            ("PUT", f"/_index_template/{name}", set(), json_, self.put_template),
            ("PUT", f"/{name}", set(), None, self.create),
            ("DELETE", f"/{name}", set(), None, self.delete),
            ("POST", f"/{name}/_refresh", set(), None, lambda each: self.index(each) and {}),
            ("POST", "/_aliases", set(), json_, self.move_aliases),
            ("GET", f"/_alias/{name}", set(), None, self.alias),
            ("GET", r"/([a-z0-9_*-]+)/_alias", set(), None, self.aliases_of),
            ("POST", f"/{name}/_bulk", {"require_alias", "refresh"}, lines, self.bulk),
            ("POST", f"/{name}/_search", set(), json_, self.search),
        )

    def put_template(self, name, body):
        told = json.loads(body)
        need(set(told) <= {"index_patterns", "template", "priority"}, "unknown field in template")
        need(told["index_patterns"], "index patterns are missing")
        need(set(told["template"]) <= {"settings", "mappings", "aliases"}, "unknown template part")
        self.templates[name] = told
        return {"acknowledged": True}

    def create(self, name):
        need(name not in self.indices and name not in self.aliases, "already exists", 400)
        fitting = [
            each for each in self.templates.values()
            if any(fnmatch.fnmatch(name, pattern) for pattern in each["index_patterns"])
        ]  # fmt: skip
        need(fitting, "no template: mappings would be guessed", 400)
        self.indices[name] = (fitting[-1]["template"]["mappings"], {})
        return {"acknowledged": True, "index": name}

    def delete(self, name):
        self.index(name, alias=False)
        del self.indices[name]
        return {"acknowledged": True}

    def index(self, name, *, alias=True):
        real = self.aliases.get(name, name) if alias else name
        need(real in self.indices, f"no such index [{name}]", 404, "index_not_found_exception")
        return self.indices[real]

    def move_aliases(self, body):
        for action in json.loads(body)["actions"]:
            ((verb, told),) = action.items()
            need(verb in ("add", "remove", "remove_index"), f"unknown action {verb}")
            self.index(told["index"], alias=False)
            if verb == "add":
                need(set(told) == {"index", "alias"}, "unknown field")
                self.aliases[told["alias"]] = told["index"]
            elif verb == "remove_index":
                del self.indices[told["index"]]
        return {"acknowledged": True}

    def alias(self, name):
        need(name in self.aliases, f"alias [{name}] missing", 404, "aliases_not_found_exception")
        return {self.aliases[name]: {"aliases": {name: {}}}}

    def aliases_of(self, pattern):
        return {name: {"aliases": {}} for name in self.indices if fnmatch.fnmatch(name, pattern)}

    # Writing ----------------------------------------------------------------------------------

    def bulk(self, name, body, require_alias="false", refresh="false"):
        need(body.endswith("\n"), "The bulk request must be terminated by a newline [\\n]")
        if require_alias == "true":
            need(name in self.aliases, "no such alias", 404, "index_not_found_exception")
        need(refresh in ("true", "false", "wait_for"), "refresh")
        mappings, documents = self.index(name)
        lines = iter([json.loads(line) for line in body.splitlines()])
        items = []
        for action in lines:
            ((verb, told),) = action.items()
            need(verb in ("index", "delete") and set(told) == {"_id"}, f"action {action}")
            source = next(lines) if verb == "index" else None
            items.append({verb: self.written(verb, told["_id"], source, mappings, documents)})
        return {"took": 1, "errors": any("error" in v for i in items for v in i.values()),
                "items": items}  # fmt: skip

    def written(self, verb, key, source, mappings, documents):
        if self.refuse:
            status, kind = self.refuse
            return {"_id": key, "status": status, "error": {"type": kind, "reason": "refused"}}
        if verb == "delete":
            gone = documents.pop(key, None)
            status = 200 if gone else 404
            return {"_id": key, "status": status, "result": "deleted" if gone else "not_found"}
        unknown = set(source) - set(mappings["properties"])
        if unknown:
            error = {"type": "strict_dynamic_mapping_exception", "reason": str(unknown)}
            return {"_id": key, "status": 400, "error": error}
        documents[key] = json.loads(json.dumps(source))
        return {"_id": key, "status": 201, "result": "created"}

    # Searching --------------------------------------------------------------------------------

    def search(self, name, body):
        asked = json.loads(body)
        need(set(asked) <= SEARCH_KEYS, f"unknown key {set(asked) - SEARCH_KEYS}")
        mappings, documents = self.index(name)
        look = Looking(mappings["properties"])
        matched = [
            (key, source, score) for key, source in sorted(documents.items())
            if (score := look.score(asked.get("query", {"match_all": {}}), source)) is not None
        ]  # fmt: skip
        aggregations = look.aggregate(asked.get("aggs", {}), [source for _, source, _ in matched])
        if "post_filter" in asked:
            matched = [m for m in matched if look.score(asked["post_filter"], m[1]) is not None]
        total = len(matched)
        hits = look.sorted(matched, asked)
        start, size = asked.get("from", 0), asked.get("size", 10)
        need(start + size <= 10_000, "Result window is too large")
        return {
            "took": 1,
            "timed_out": False,
            "hits": {
                "total": {"value": total, "relation": "eq"},
                "hits": [look.shown(hit, asked, mappings) for hit in hits[start : start + size]],
            },
            **({"aggregations": aggregations} if aggregations else {}),
        }


class Looking:
    """The query DSL over one document at a time: a score, or None when it does not match."""

    def __init__(self, properties):
        self.properties = properties

    def score(self, query, source):
        need(len(query) == 1, f"one clause expected: {list(query)}")
        ((name, told),) = query.items()
        verb = getattr(self, f"on_{name}", None)
        need(verb, f"unknown query [{name}]")
        return verb(told, source)

    def tokens(self, name, source, kinds):
        need(name in self.properties, f"no such field {name}")
        need(self.properties[name]["type"] in kinds, f"{name} cannot be asked so")
        value = source.get(name, [])
        if self.properties[name]["type"] == "text":
            return value.split() if value else []
        return value if isinstance(value, list) else [value]

    def options(self, told, allowed):
        ((name, options),) = told.items()
        need(isinstance(options, dict) and set(options) <= allowed, f"options {options}")
        return name, options

    def weighed(self, number, options):
        return options.get("boost", 1.0) * number / (number + 1.2) if number else None

    def on_match_all(self, told, source):
        return 1.0

    def on_term(self, told, source):
        name, options = self.options(told, {"value", "boost"})
        there = self.tokens(name, source, ("text", "keyword"))
        return self.weighed(there.count(options["value"]), options)

    def on_terms(self, told, source):
        ((name, values),) = told.items()
        need(isinstance(values, list), "[terms] query requires an array")
        return 1.0 if set(values) & set(self.tokens(name, source, ("keyword",))) else None

    def on_regexp(self, told, source):
        name, options = self.options(told, {"value", "boost"})
        there = self.tokens(name, source, ("text", "keyword"))
        found = any(re.fullmatch(options["value"], each) for each in there)
        return options.get("boost", 1.0) if found else None

    def on_match_phrase(self, told, source):
        name, options = self.options(told, {"query", "boost"})
        return self.near(name, options["query"].split(), source, options)

    def near(self, name, patterns, source, options):
        there = self.tokens(name, source, ("text",))
        at = range(len(there) - len(patterns) + 1)
        number = sum(all(fits(p, there[a + n]) for n, p in enumerate(patterns)) for a in at)
        return self.weighed(number, options)

    def on_span_near(self, told, source):
        need(set(told) <= {"clauses", "slop", "in_order", "boost"}, "span_near")
        need(told["slop"] == 0 and told["in_order"] is True, "only what we use")
        names, patterns = zip(*map(self.span, told["clauses"]), strict=True)
        need(len(set(names)) == 1, "Clauses must have same field")
        return self.near(names[0], patterns, source, told)

    def span(self, clause):
        ((kind, told),) = clause.items()
        if kind == "span_term":
            return next(iter(told.items()))
        need(kind == "span_multi" and set(told) == {"match"}, f"not a span query: {kind}")
        name, options = self.options(told["match"]["regexp"], {"value"})
        return name, re.compile(options["value"])

    def on_range(self, told, source):
        name, options = self.options(told, {"gte", "lte"})
        need(self.properties.get(name, {}).get("type") == "integer", "range")
        value = source[name]
        inside = options.get("gte", value) <= value <= options.get("lte", value)
        return 1.0 if inside else None

    def on_constant_score(self, told, source):
        need(set(told) <= {"filter", "boost"}, "constant_score")
        return None if self.score(told["filter"], source) is None else told.get("boost", 1.0)

    def on_bool(self, told, source):
        need(set(told) <= BOOL_KEYS, f"[bool] unknown {set(told) - BOOL_KEYS}")
        must = [self.score(each, source) for each in told.get("must", [])]
        kept = [self.score(each, source) for each in told.get("filter", [])]
        should = [s for each in told.get("should", []) if (s := self.score(each, source))]
        bare = told.get("should") and not must and not kept
        least = told.get("minimum_should_match", 1 if bare else 0)
        if None in must or None in kept or len(should) < least:
            return None
        return sum(must) + sum(should)

    def aggregate(self, asked, sources):
        return {name: self.aggregated(told, sources) for name, told in asked.items()}

    def aggregated(self, told, sources):
        need(set(told) <= {"terms", "filter", "filters", "aggs"}, f"unknown aggregation {told}")
        if "filter" in told:
            inner = [each for each in sources if self.score(told["filter"], each) is not None]
            return {"doc_count": len(inner), **self.aggregate(told.get("aggs", {}), inner)}
        if "filters" in told:
            counted = {
                name: {"doc_count": sum(self.score(query, each) is not None for each in sources)}
                for name, query in told["filters"]["filters"].items()
            }
            return {"buckets": counted}
        need(set(told["terms"]) <= {"field", "size"}, "terms")
        counts = {}
        for source in sources:
            for value in set(self.tokens(told["terms"]["field"], source, ("keyword",))):
                counts[value] = counts.get(value, 0) + 1
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return {
            "buckets": [{"key": k, "doc_count": n} for k, n in ordered[: told["terms"]["size"]]]
        }

    def sorted(self, matched, asked):
        for order in reversed(asked.get("sort", [{"_score": {"order": "desc"}}])):
            ((name, options),) = order.items()
            need(name in ("_score", "key", "published"), f"cannot sort by {name}")
            downwards = options["order"] == "desc"
            matched = sorted(matched, key=lambda hit: sort_value(hit, name), reverse=downwards)
        after = asked.get("search_after")
        return [hit for hit in matched if not after or hit[0] > after[0]]

    def shown(self, hit, asked, mappings):
        key, source, score = hit
        left = {n: v for n, v in source.items() if n not in mappings["_source"]["excludes"]}
        wanted = asked.get("_source", True)
        told = {"_id": key, "_score": score, "sort": [sort_value(hit, "key")]}
        if wanted is False:
            return told
        if wanted == ["kept.shown"]:
            left = {"kept": {"shown": left["kept"]["shown"]}}
        elif wanted is not True:
            left = {name: left[name] for name in wanted}
        return {**told, "_source": left}


def fits(pattern, token):
    return token == pattern if isinstance(pattern, str) else bool(pattern.fullmatch(token))


def sort_value(hit, name):
    return hit[2] if name == "_score" else hit[1][name]


@contextlib.contextmanager
def cluster(**state) -> Iterator[tuple[Fake, str]]:
    """Serve a stand-in on a free port while the block runs; yield it and its URL."""
    fake = Fake(**state)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self):
            address = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            try:
                if fake.password:
                    need(
                        self.headers.get("Authorization") == fake.password, "who?", 401, "security"
                    )
                kind = self.headers.get("Content-Type", "")
                options = dict(parse_qsl(address.query))
                status, told = 200, fake.answer(self.command, address.path, options, kind, body)
            except RefusedError as error:
                status = error.status
                told = {"error": {"type": error.kind, "reason": error.reason}, "status": status}
            text = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_PUT = do_POST = do_DELETE = handle_one

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield fake, f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
