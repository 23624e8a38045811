"""The only writers of the social map."""

from baken.directory.actions.putting import ChangedMeanwhileError, NotListedError, Put, put

__all__ = ["ChangedMeanwhileError", "NotListedError", "Put", "put"]
