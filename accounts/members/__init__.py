"""Members of legal entities: how they join, are confirmed, and leave."""
