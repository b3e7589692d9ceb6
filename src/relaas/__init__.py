"""relaas reads dated reports on an armed conflict and keeps the record of their claims."""

__version__ = "0.1.0"
