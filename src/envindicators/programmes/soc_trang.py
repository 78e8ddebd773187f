"""Resolution 12-NQ/TU of the Soc Trang provincial Party organisation: environmental protection to 2020."""

from __future__ import annotations

from envindicators.definitions.programme import Programme
from envindicators.programmes.soc_trang_document import RESOLUTION
from envindicators.programmes.soc_trang_duties import DUTIES, REVIEWS
from envindicators.programmes.soc_trang_targets import TARGETS
from envindicators.words.text import Text

soc_trang_2020 = Programme(
    key="soc_trang_2020",
    name=Text(
        vi="Bảo vệ môi trường tỉnh Sóc Trăng đến năm 2020",
        en="Environmental protection in Soc Trang province to 2020",
    ),
    document=RESOLUTION,
    targets=TARGETS,
    duties=DUTIES,
    reviews=REVIEWS,
)
"""The seven targets, 59 duties and two reviews of Resolution 12-NQ/TU (15 March 2017)."""
