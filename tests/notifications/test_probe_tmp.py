from tests import drafts
from tests.cast import Cast
from app.consultations.models import CarriedComment, Clause
from sqlalchemy import select
def test_x(session):
    cast=Cast(); d=drafts.opened(cast)
    v1=drafts.newest(d)
    for c in session.scalars(select(Clause).where(Clause.version_id==v1.id, Clause.language=='kk')): 
        print(c.anchor, c.text[:30])
        drafts.comment(d, cast.aigul, "п "+c.anchor, path=c.anchor)
    drafts.second_version(d,cast)
    for r in session.scalars(select(CarriedComment).order_by(CarriedComment.comment_id)): print(r.comment.anchor_path, r.fate, r.clause_key)
    assert 0
