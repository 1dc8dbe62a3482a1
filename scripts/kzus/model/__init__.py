"""The shape of a record: Pydantic models and closed lists."""
