"""Recognition: the only place where a model runs. Answers `Recognise` and `FindLines`."""

from processor.ocr.recogniser import Recogniser

__all__ = ["Recogniser"]
