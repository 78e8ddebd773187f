"""The figures behind `envindicators.examples`, as they were typed in.

Those of Soc Trang are made up. Each row says how it stands in 2020 and by how much an earlier year
differs, so that six years follow from one row by adding and multiplying whole numbers.
"""

from __future__ import annotations

LAST_YEAR = 2020
"""The year that the rows of Soc Trang stand in."""

YEARS = range(2015, LAST_YEAR + 1)
"""The years of Soc Trang."""

RESIDENTS: tuple[tuple[str, str, int, int, int, int], ...] = (
    # area, settlement, people, growth a year, without hygienic water, more of them in each earlier year
    ("Sóc Trăng", "urban", 138_515, 1_367, 0, 1_097),
    ("Ngã Năm", "urban", 31_927, 303, 0, 243),
    ("Ngã Năm", "rural", 43_690, -333, 696, 789),
    ("Vĩnh Châu", "urban", 48_037, 377, 26, 412),
    ("Vĩnh Châu", "rural", 117_325, -630, 3_402, 2_498),
    ("Châu Thành", "urban", 12_678, 136, 0, 105),
    ("Châu Thành", "rural", 83_578, -588, 772, 1_694),
    ("Cù Lao Dung", "urban", 9_341, 63, 11, 54),
    ("Cù Lao Dung", "rural", 49_198, -244, 439, 952),
    ("Kế Sách", "urban", 24_266, 194, 0, 219),
    ("Kế Sách", "rural", 126_421, -687, 1_540, 2_760),
    ("Long Phú", "urban", 21_799, 172, 0, 197),
    ("Long Phú", "rural", 76_850, -382, 1_540, 1_642),
    ("Mỹ Tú", "urban", 10_311, 83, 0, 88),
    ("Mỹ Tú", "rural", 81_318, -445, 1_178, 1_565),
    ("Mỹ Xuyên", "urban", 17_484, 168, 0, 101),
    ("Mỹ Xuyên", "rural", 134_805, -873, 1_758, 2_181),
    ("Thạnh Trị", "urban", 21_084, 143, 0, 183),
    ("Thạnh Trị", "rural", 53_892, -367, 480, 911),
    ("Trần Đề", "urban", 22_941, 188, 0, 175),
    ("Trần Đề", "rural", 96_521, -618, 709, 1_666),
)

ESTABLISHMENTS: tuple[tuple[str, str, int | None, int, int, int, int, int, int | None, int], ...] = (
    # area, activity, year of building or None where no one knows it, establishments; without equipment that
    # reduces pollution, more in each earlier year; without equipment that treats waste, more in each earlier
    # year; below standard or None where none were inspected, more in each earlier year
    ("Sóc Trăng", "production", 2005, 142, 9, 2, 11, 3, 4, 3),
    ("Sóc Trăng", "both", 2010, 67, 5, 1, 4, 2, 3, 2),
    ("Sóc Trăng", "business", 2008, 318, 41, 6, 37, 5, None, 0),
    ("Sóc Trăng", "other", 2009, 23, 8, 1, 6, 1, None, 0),
    ("Sóc Trăng", "production", 2016, 7, 0, 1, 1, 1, 0, 1),
    ("Sóc Trăng", "both", 2018, 5, 1, 0, 0, 1, 0, 1),
    ("Ngã Năm", "production", 2007, 38, 2, 1, 3, 1, 0, 1),
    ("Ngã Năm", "business", 2010, 74, 9, 2, 8, 2, 0, 2),
    ("Ngã Năm", "production", 2017, 4, 0, 1, 0, 1, 0, 1),
    ("Vĩnh Châu", "production", 2006, 61, 7, 2, 6, 2, 2, 2),
    ("Vĩnh Châu", "both", 2012, 19, 1, 1, 2, 1, 1, 1),
    ("Vĩnh Châu", "business", 2009, 96, 14, 3, 12, 3, None, 0),
    ("Vĩnh Châu", "production", 2018, 6, 1, 1, 2, 1, 0, 1),
    ("Châu Thành", "production", 2008, 57, 3, 2, 4, 2, 2, 2),
    ("Châu Thành", "business", 2011, 63, 7, 2, 6, 1, 1, 1),
    ("Châu Thành", "production", 2015, 9, 0, 1, 1, 1, 0, 1),
    ("Châu Thành", "both", 2019, 4, 0, 0, 0, 1, 0, 0),
    ("Cù Lao Dung", "production", 2009, 14, 2, 1, 1, 1, 0, 1),
    ("Cù Lao Dung", "business", 2018, 11, 1, 1, 2, 1, 0, 1),
    ("Kế Sách", "production", 2006, 52, 5, 2, 4, 2, 0, 2),
    ("Kế Sách", "business", 2009, 88, 12, 2, 13, 2, None, 0),
    ("Kế Sách", "production", 2016, 5, 0, 1, 0, 1, 0, 1),
    ("Kế Sách", "production", None, 8, 3, 1, 2, 1, 0, 1),
    ("Long Phú", "production", 2007, 41, 4, 1, 3, 2, 1, 1),
    ("Long Phú", "business", 2010, 59, 8, 1, 7, 2, 0, 1),
    ("Long Phú", "both", 2017, 3, 0, 1, 0, 1, 0, 1),
    ("Mỹ Tú", "production", 2008, 33, 3, 1, 2, 1, 0, 1),
    ("Mỹ Tú", "business", 2011, 47, 6, 1, 5, 1, 0, 1),
    ("Mỹ Tú", "production", 2017, 2, 0, 1, 0, 1, 0, 1),
    ("Mỹ Xuyên", "production", 2005, 58, 6, 2, 5, 2, 2, 2),
    ("Mỹ Xuyên", "both", 2013, 16, 2, 1, 1, 1, 0, 1),
    ("Mỹ Xuyên", "business", 2009, 91, 13, 3, 11, 2, None, 0),
    ("Mỹ Xuyên", "production", 2019, 7, 2, 1, 1, 1, 0, 1),
    ("Thạnh Trị", "production", None, 36, 4, 2, 3, 1, 0, 1),
    ("Thạnh Trị", "business", 2010, 52, 7, 2, 6, 1, 0, 1),
    ("Trần Đề", "production", 2008, 44, 4, 2, 3, 2, 1, 2),
    ("Trần Đề", "business", 2011, 57, 8, 2, 7, 2, 1, 1),
    ("Trần Đề", "production", 2016, 6, 0, 1, 1, 1, 0, 1),
)

WASTE: tuple[tuple[str, str, int, int, int, int, int, int], ...] = (
    # area, stream, kilograms generated, growth a year; not collected, more in each earlier year; collected and
    # not treated to standard, more in each earlier year
    ("Sóc Trăng", "urban_domestic", 40_148_610, 885_210, 2_007_420, 843_110, 254_790, 562_070),
    ("Sóc Trăng", "industrial", 9_614_760, 209_720, 961_470, 124_990, 826_860, 144_220),
    ("Sóc Trăng", "service", 7_932_470, 162_080, 293_500, 134_850, 142_780, 95_180),
    ("Sóc Trăng", "medical", 214_608, 4_355, 0, 1_276, 0, 1_252),
    ("Sóc Trăng", "other", 12_480_000, 295_110, 3_744_000, 124_800, 3_120_000, 249_600),
    ("Ngã Năm", "urban_domestic", 10_012_580, 259_430, 530_660, 140_170, 250_310, 110_130),
    ("Ngã Năm", "industrial", 1_283_440, 22_550, 129_620, 17_960, 102_670, 14_110),
    ("Ngã Năm", "service", 1_214_840, 24_450, 52_230, 24_290, 30_370, 17_000),
    ("Ngã Năm", "rural", 7_465_420, 131_490, 2_067_920, 410_590, 783_860, 111_980),
    ("Ngã Năm", "craft_village", 247_500, 5_800, 79_440, 12_120, 29_450, 4_700),
    ("Ngã Năm", "medical", 21_486, 342, 0, 104, 0, 134),
    ("Vĩnh Châu", "urban_domestic", 13_815_540, 358_500, 704_590, 221_040, 193_410, 193_410),
    ("Vĩnh Châu", "industrial", 3_927_280, 80_040, 333_810, 43_200, 428_070, 62_830),
    ("Vĩnh Châu", "service", 1_655_310, 43_160, 49_650, 36_410, 26_480, 16_550),
    ("Vĩnh Châu", "rural", 17_828_070, 466_700, 5_063_170, 766_600, 1_408_410, 285_240),
    ("Vĩnh Châu", "craft_village", 418_340, 7_440, 128_430, 20_910, 34_300, 5_850),
    ("Vĩnh Châu", "medical", 30_178, 622, 0, 128, 0, 184),
    ("Châu Thành", "urban_domestic", 3_947_660, 92_840, 150_010, 86_840, 43_420, 39_470),
    ("Châu Thành", "industrial", 21_358_920, 453_270, 2_093_170, 363_100, 1_986_370, 213_580),
    ("Châu Thành", "service", 987_400, 27_350, 47_390, 13_820, 18_760, 11_840),
    ("Châu Thành", "rural", 13_541_550, 271_960, 3_818_710, 582_280, 1_178_110, 216_660),
    ("Châu Thành", "craft_village", 736_340, 20_720, 233_410, 34_600, 92_770, 11_780),
    ("Châu Thành", "medical", 18_934, 285, 0, 116, 0, 131),
    ("Cù Lao Dung", "urban_domestic", 3_011_460, 53_200, 144_550, 60_220, 57_210, 42_160),
    ("Cù Lao Dung", "service", 312_020, 5_800, 9_980, 6_550, 4_050, 4_360),
    ("Cù Lao Dung", "rural", 7_677_350, 90_820, 3_301_260, 137_800, 1_458_690, 47_480),
    ("Cù Lao Dung", "medical", 9_246, 157, 0, 57, 0, 61),
    ("Kế Sách", "urban_domestic", 7_428_900, 196_930, 237_720, 126_290, 111_430, 104_000),
    ("Kế Sách", "industrial", 2_716_810, 68_960, 285_260, 48_900, 290_690, 43_460),
    ("Kế Sách", "service", 1_108_290, 24_720, 52_080, 19_940, 8_860, 15_510),
    ("Kế Sách", "rural", 22_495_470, 433_620, 6_141_260, 1_102_270, 2_092_070, 382_420),
    ("Kế Sách", "craft_village", 392_730, 8_360, 123_700, 15_700, 44_770, 8_640),
    ("Kế Sách", "medical", 24_383, 443, 0, 152, 0, 161),
    ("Long Phú", "urban_domestic", 5_881_980, 138_110, 211_750, 111_750, 135_280, 88_220),
    ("Long Phú", "industrial", 1_842_750, 44_150, 128_990, 25_790, 156_630, 25_790),
    ("Long Phú", "service", 1_046_230, 19_250, 48_120, 19_870, 9_410, 13_600),
    ("Long Phú", "rural", 11_681_250, 206_910, 3_597_820, 584_060, 1_016_260, 198_580),
    ("Long Phú", "medical", 17_659, 298, 0, 126, 0, 111),
    ("Mỹ Tú", "urban_domestic", 2_845_660, 71_200, 130_900, 45_530, 34_140, 39_830),
    ("Mỹ Tú", "industrial", 864_900, 15_130, 82_160, 12_100, 90_810, 11_240),
    ("Mỹ Tú", "service", 594_020, 14_650, 29_100, 11_280, 6_530, 5_940),
    ("Mỹ Tú", "rural", 11_944_010, 322_870, 3_380_150, 621_080, 1_134_680, 179_160),
    ("Mỹ Tú", "medical", 13_870, 210, 0, 65, 0, 73),
    ("Mỹ Xuyên", "urban_domestic", 4_905_050, 81_930, 210_910, 93_190, 88_290, 78_480),
    ("Mỹ Xuyên", "industrial", 5_138_510, 111_600, 441_910, 97_630, 529_260, 56_520),
    ("Mỹ Xuyên", "service", 1_271_200, 30_500, 36_860, 20_330, 16_520, 10_160),
    ("Mỹ Xuyên", "rural", 21_296_180, 498_970, 6_069_410, 1_022_210, 1_831_470, 425_920),
    ("Mỹ Xuyên", "craft_village", 884_980, 20_800, 262_830, 36_280, 107_080, 15_920),
    ("Mỹ Xuyên", "medical", 22_913, 350, 0, 160, 0, 143),
    ("Thạnh Trị", "urban_domestic", 6_232_720, 141_210, 249_300, 112_180, 143_350, 68_550),
    ("Thạnh Trị", "industrial", 972_060, 18_060, 93_310, 16_520, 97_200, 14_580),
    ("Thạnh Trị", "service", 803_120, 19_520, 20_070, 15_250, 8_830, 11_240),
    ("Thạnh Trị", "rural", 8_992_080, 242_050, 2_607_700, 467_580, 827_270, 188_830),
    ("Thạnh Trị", "medical", 14_322, 249, 0, 79, 0, 76),
    ("Trần Đề", "urban_domestic", 7_020_650, 183_650, 386_130, 98_280, 168_490, 91_260),
    ("Trần Đề", "industrial", 6_405_470, 169_050, 646_950, 115_290, 627_730, 64_050),
    ("Trần Đề", "service", 1_392_690, 38_940, 45_950, 19_490, 34_810, 15_310),
    ("Trần Đề", "rural", 17_079_630, 374_840, 4_850_610, 836_900, 1_366_370, 341_590),
    ("Trần Đề", "medical", 19_763, 436, 0, 114, 0, 123),
)

DISCHARGERS: tuple[tuple[str, int, int, int], ...] = (
    # area, enterprises with large discharges, without a monitoring device, more of them in each earlier year
    ("Sóc Trăng", 14, 2, 2),
    ("Ngã Năm", 3, 0, 1),
    ("Vĩnh Châu", 7, 1, 1),
    ("Châu Thành", 18, 1, 3),
    ("Cù Lao Dung", 0, 0, 0),
    ("Kế Sách", 5, 0, 1),
    ("Long Phú", 4, 1, 0),
    ("Mỹ Tú", 2, 0, 0),
    ("Mỹ Xuyên", 9, 1, 1),
    ("Thạnh Trị", 3, 0, 1),
    ("Trần Đề", 11, 2, 2),
)

DID_NOT_SEND = (("establishments", "Trần Đề", 2020),)
"""Missing reports: table, area, year."""

NOT_WEIGHED = (("Thạnh Trị", "medical", 2020),)
"""Waste whose generation is blank, while what was collected and treated is known: area, stream, year."""

NOT_TRACED = (("Mỹ Xuyên", "rural", 2020),)
"""Waste of which it is blank how much was treated to standard: area, stream, year."""

VIET_NAM_WATER: tuple[tuple[int, str, int, int], ...] = (
    # year, settlement, people, those with at least basic drinking water
    (2000, "urban", 19_477_363, 18_494_831),
    (2000, "rural", 60_433_047, 45_840_908),
    (2005, "urban", 22_870_388, 21_898_801),
    (2005, "rural", 60_962_272, 49_177_356),
    (2010, "urban", 26_757_123, 25_833_422),
    (2010, "rural", 61_210_537, 52_337_947),
    (2015, "urban", 31_333_194, 30_773_188),
    (2015, "rural", 61_343_886, 55_720_535),
    (2017, "urban", 33_311_723, 32_876_429),
    (2017, "rural", 61_288_917, 56_818_295),
    (2018, "urban", 34_319_153, 33_926_724),
    (2018, "rural", 61_226_807, 57_333_976),
    (2019, "urban", 35_332_142, 34_985_809),
    (2019, "rural", 61_129_968, 57_815_648),
    (2020, "urban", 36_346_230, 36_049_296),
    (2020, "rural", 60_992_360, 58_256_572),
)
