"""The colour of settings.json, made so that what is written on it can be read."""


def theme_of(accent: str) -> str:
    ink = "#000000" if _light(accent) > 0.179 else "#ffffff"
    return f":root {{ --accent: {accent}; --on-accent: {ink}; }}\n"


def _light(color: str) -> float:
    """Relative luminance, as WCAG defines it."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
