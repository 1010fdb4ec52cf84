"""A real OpenSearch on this machine, for the tests and for `make demo SEARCH=opensearch`."""

from scripts.search_server.server import ServerMissingError, search_server, shared_search_server

__all__ = ["ServerMissingError", "search_server", "shared_search_server"]
