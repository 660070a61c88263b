"""The tables of public control."""

from app.control.models.act import ControlAct, ControlFile, Participant, Visit
from app.control.models.questions import Question, QuestionSupport

__all__ = ["ControlAct", "ControlFile", "Participant", "Question", "QuestionSupport", "Visit"]
