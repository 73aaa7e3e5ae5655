"""The version of the package, and of what it writes into a store."""

VERSION = "0.1.0"
