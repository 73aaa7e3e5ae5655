"""A knowledge graph of international pacts in which every claim is tied to its passage."""
