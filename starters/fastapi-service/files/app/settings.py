"""What settings.json says of this service."""

from pathlib import Path

from pydantic import BaseModel, Field


class Settings(BaseModel):
    title: str = Field(min_length=1, max_length=80)
    places: list[str] = Field(min_length=1)
    low_at: int = Field(alias="lowAt", ge=0)
    below_zero: bool = Field(alias="belowZero")
    accent: str = Field(pattern="^#[0-9a-fA-F]{6}$")


def read_settings() -> Settings:
    file = Path(__file__).parent.parent / "settings.json"
    return Settings.model_validate_json(file.read_text(encoding="utf8"))
