"""What a comment is found by: its words, and the sketch by which near-identical letters meet."""

from app.comments.models import Comment
from app.comments.services.letters import letter_of
from app.text.near_duplicates import sketch
from app.text.search import document_text, search_vector


def index(comment: Comment) -> None:
    """To be called whenever the words change. Replies are conversation and belong to no campaign: no sketch."""
    words = [comment.text, comment.proposed or "", comment.quote_exact or ""]
    comment.search_vector = search_vector(document_text("", words))
    comment.sketch = (
        list(sketch(letter_of(comment.text, comment.proposed))) if comment.parent_id is None else []
    )
