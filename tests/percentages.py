"""A programme of nested parts that a form reads as percentages of no decimals."""

from __future__ import annotations

from defined import _clause, _document

import envindicators as ei

TABLE = ei.Table(
    "waste", ei.Unit("kilogram", "kg"), total="made", parts=["taken", "treated"], nested=True, period="flow"
)
SHARES = {
    "of_made": ei.Share("of_made", "x", table=TABLE, where=ei.flag("treated")),
    "of_taken": ei.Share("of_taken", "x", table=TABLE, among=ei.flag("taken"), where=ei.flag("treated")),
    "taken": ei.Share("taken", "x", table=TABLE, where=ei.flag("taken")),
    "lost": ei.Share("lost", "x", table=TABLE, where=ei.flag("taken") & ~ei.flag("treated")),
}
PROGRAMME = ei.Programme(
    "p", "p", _document(), [ei.Target(key, _clause(), 2020, share.at_least("50%")) for key, share in SHARES.items()]
)
FORM = ei.Form(columns={"taken": ei.percent("taken %", digits=0), "treated": ei.percent("treated %", digits=0)})
