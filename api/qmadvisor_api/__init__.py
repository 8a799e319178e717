"""The HTTP service around :mod:`qmadvisor`, and its Python client.

Importing this package loads nothing: the service needs the extra `service`, the client the extra `client`.
"""

__all__: list[str] = []
