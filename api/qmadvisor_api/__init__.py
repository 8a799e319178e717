"""The HTTP service around :mod:`qmadvisor`."""

__all__: list[str] = []
