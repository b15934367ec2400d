"""Proportions of the families that presentations name: average widths beside Arial's and the height of a line.

Each is (regular, bold, line): the average width of its letters, weighted by how often they occur, as a factor on
Arial's and on Arial Bold's, and ascent, descent and gap of a line (`hhea`) as a multiple of the type size.
"""

from __future__ import annotations

Proportions = tuple[float, float, float]

MEASURED: dict[str, Proportions] = {
    "abel": (0.858, 0.858, 1.274), "albert sans": (1.039, 0.977, 1.2), "anton": (0.907, 0.907, 1.505),
    "archivo": (0.987, 0.983, 1.088), "archivo narrow": (0.825, 0.821, 1.347), "asap": (0.991, 0.921, 1.146),
    "assistant": (0.929, 0.915, 1.308), "atkinson hyperlegible": (0.994, 1.002, 1.24),
    "atkinson hyperlegible next": (0.996, 0.996, 1.3), "barlow": (0.967, 0.925, 1.2),
    "barlow condensed": (0.765, 0.76, 1.2), "barlow semi condensed": (0.866, 0.844, 1.2),
    "be vietnam pro": (1.104, 1.065, 1.265), "bebas neue": (0.767, 0.767, 1.2), "bitter": (1.043, 0.988, 1.2),
    "cabin": (0.947, 0.899, 1.215), "cairo": (0.947, 0.904, 1.874), "cantarell": (1.048, 1.103, 1.416),
    "catamaran": (0.922, 0.913, 1.64), "chivo": (1.072, 1.013, 1.19), "comic neue": (0.971, 0.915, 1.15),
    "commissioner": (1.011, 0.955, 1.223), "cormorant garamond": (0.884, 0.829, 1.211),
    "crimson pro": (0.898, 0.889, 1.111), "crimson text": (0.887, 0.901, 1.3), "dm sans": (1.045, 1.027, 1.302),
    "dosis": (0.846, 0.846, 1.264), "eb garamond": (0.864, 0.883, 1.305), "encode sans": (0.991, 1.003, 1.25),
    "exo 2": (1.021, 0.988, 1.2), "figtree": (1.007, 0.965, 1.2), "fira sans": (1.027, 0.956, 1.2),
    "fira sans condensed": (0.924, 0.871, 1.2), "frank ruhl libre": (0.985, 0.963, 1.291),
    "georgia": (1.0, 1.08, 1.136), "google sans": (1.009, 1.002, 1.252), "hanken grotesk": (1.009, 0.952, 1.303),
    "heebo": (0.999, 0.943, 1.469), "helvetica neue": (1.009, 1.0, 1.221), "hind": (0.962, 0.948, 1.601),
    "ibm plex sans": (1.012, 0.985, 1.3), "ibm plex sans condensed": (0.913, 0.892, 1.3),
    "ibm plex serif": (1.061, 1.033, 1.3), "instrument sans": (1.027, 0.996, 1.22), "inter": (1.071, 1.025, 1.21),
    "josefin sans": (1.023, 1.01, 1.0), "jost": (0.96, 0.983, 1.445), "kanit": (1.014, 0.979, 1.495),
    "karla": (1.024, 0.997, 1.169), "lato": (0.977, 0.928, 1.2), "lexend": (1.099, 1.081, 1.25),
    "lexend deca": (1.099, 1.081, 1.25), "libre baskerville": (1.16, 1.104, 1.24),
    "libre franklin": (1.043, 1.002, 1.212), "lora": (1.05, 1.004, 1.28), "lucida grande": (1.103, 1.09, 1.178),
    "manrope": (1.032, 1.011, 1.366), "maven pro": (1.036, 1.015, 1.175), "merriweather": (1.088, 1.04, 1.257),
    "merriweather sans": (1.064, 1.026, 1.257), "montserrat": (1.128, 1.104, 1.219), "mukta": (0.942, 0.921, 1.662),
    "mulish": (1.041, 1.004, 1.255), "noto sans": (1.063, 1.048, 1.362), "noto sans arabic": (1.063, 1.05, 2.112),
    "noto sans hebrew": (1.057, 1.046, 1.36), "noto sans jp": (1.048, 1.031, 1.448),
    "noto sans kr": (1.048, 1.031, 1.448), "noto sans sc": (1.048, 1.031, 1.448),
    "noto sans thai": (1.063, 1.05, 1.511), "noto serif": (1.079, 1.067, 1.362), "nunito": (1.014, 0.979, 1.364),
    "nunito sans": (1.014, 0.979, 1.364), "onest": (1.052, 1.006, 1.275), "open sans": (1.051, 1.048, 1.362),
    "oswald": (0.814, 0.856, 1.482), "outfit": (0.998, 0.96, 1.26), "overpass": (1.007, 0.981, 1.266),
    "oxygen": (1.011, 0.994, 1.263), "playfair display": (1.014, 0.965, 1.333),
    "plus jakarta sans": (1.05, 1.008, 1.26), "poppins": (1.122, 1.073, 1.5), "prompt": (1.119, 1.056, 1.512),
    "pt sans": (0.967, 0.898, 1.294), "pt sans narrow": (0.778, 0.746, 1.294), "pt serif": (1.005, 1.008, 1.325),
    "public sans": (1.049, 0.999, 1.175), "questrial": (0.996, 0.996, 1.03), "quicksand": (1.043, 1.019, 1.25),
    "raleway": (1.039, 1.002, 1.174), "red hat display": (0.991, 0.967, 1.323), "red hat text": (1.003, 1.031, 1.323),
    "roboto": (0.998, 0.942, 1.172), "roboto condensed": (0.888, 0.84, 1.172), "roboto slab": (1.065, 1.001, 1.319),
    "rubik": (1.05, 1.044, 1.185), "saira": (1.036, 0.99, 1.574), "sarabun": (0.976, 0.946, 1.3),
    "segoe ui": (0.995, 0.99, 1.33), "signika": (0.959, 0.91, 1.232), "sofia sans": (0.965, 0.908, 1.2),
    "sora": (1.137, 1.077, 1.26), "source sans 3": (0.938, 0.923, 1.424), "source serif 4": (1.074, 1.029, 1.371),
    "space grotesk": (1.097, 1.021, 1.276), "spectral": (1.0, 0.967, 1.522), "tahoma": (1.004, 1.062, 1.207),
    "tajawal": (0.947, 0.917, 1.2), "titillium web": (0.944, 0.906, 1.521), "trebuchet ms": (1.023, 0.993, 1.161),
    "ubuntu": (1.021, 1.0, 1.149), "ubuntu sans": (1.007, 0.983, 1.2), "urbanist": (0.99, 0.956, 1.2),
    "varela round": (1.072, 1.072, 1.204), "verdana": (1.149, 1.19, 1.215), "vollkorn": (0.983, 0.985, 1.393),
    "work sans": (1.119, 1.046, 1.173), "zilla slab": (0.974, 0.923, 1.2),
    "arial narrow": (0.82, 0.82, 1.147), "book antiqua": (1.003, 0.961, 1.25),
    "bookman old style": (1.111, 1.103, 1.17), "calibri": (0.92, 0.874, 1.221), "cambria": (0.922, 0.94, 1.172),
    "century": (1.05, 1.094, 1.2), "century gothic": (1.092, 1.013, 1.246), "century schoolbook": (1.05, 1.094, 1.2),
    "dejavu sans": (1.141, 1.197, 1.164), "palatino linotype": (1.003, 0.961, 1.35),
}  # fmt: skip
"""Of the font itself, from the metrics that Capsize publishes (MIT licence), or of one that has its widths.

As wide as another: Arial Narrow as Liberation Sans Narrow, Calibri as Carlito, Cambria as Caladea, and after URW's
copies of Adobe's fonts Book Antiqua and Palatino as P052, Bookman as URW Bookman, Century as C059, Century Gothic as
URW Gothic; their lines are the heights that Word gives them.
"""

GUESSED: dict[str, Proportions] = {
    "akzidenz grotesk": (1.0, 1.0, 1.2), "amasis": (1.0, 1.02, 1.25), "aptos": (0.99, 0.98, 1.221),
    "aptos narrow": (0.9, 0.88, 1.221), "aptos serif": (1.0, 1.0, 1.25), "arial black": (1.25, 1.2, 1.411),
    "avenir": (1.05, 1.04, 1.366), "avenir next": (1.05, 1.04, 1.366), "bahnschrift": (0.98, 0.97, 1.2),
    "baskerville": (0.92, 0.95, 1.16), "bell": (0.9, 0.93, 1.15), "bierstadt": (0.99, 0.98, 1.221),
    "bodoni": (0.92, 0.98, 1.2), "brandon grotesque": (1.0, 1.0, 1.43), "brandon text": (1.02, 1.02, 1.43),
    "calisto": (0.96, 0.98, 1.17), "candara": (0.96, 0.96, 1.221), "circular": (1.05, 1.03, 1.27),
    "comic sans": (1.07, 1.07, 1.394), "constantia": (1.0, 0.99, 1.221), "corbel": (0.96, 0.95, 1.221),
    "din": (0.98, 0.98, 1.25), "din next": (0.98, 0.98, 1.25), "dubai": (1.0, 1.0, 1.7), "ebrima": (1.0, 0.99, 1.33),
    "effra": (1.0, 1.0, 1.22), "franklin gothic": (1.0, 1.0, 1.14), "frutiger": (1.0, 1.0, 1.2),
    "futura": (1.0, 1.0, 1.33), "gadugi": (1.0, 0.99, 1.33), "garamond": (0.87, 0.9, 1.15),
    "gill sans": (0.96, 1.03, 1.16), "gill sans ultra bold": (1.6, 1.5, 1.25), "gilroy": (1.07, 1.05, 1.25),
    "gotham": (1.13, 1.11, 1.2), "goudy old style": (0.9, 0.93, 1.2), "grandview": (1.05, 1.05, 1.3),
    "impact": (0.92, 0.92, 1.22), "interstate": (1.05, 1.06, 1.2), "leelawadee": (1.0, 0.99, 1.33),
    "lucida sans": (1.103, 1.09, 1.18), "lucida sans unicode": (1.103, 1.09, 1.54), "meta": (0.97, 0.97, 1.2),
    "microsoft sans serif": (1.0, 1.0, 1.14), "minion": (0.9, 0.93, 1.25), "museo": (1.08, 1.06, 1.2),
    "museo sans": (1.05, 1.03, 1.2), "myriad": (0.97, 0.97, 1.2), "neue haas grotesk": (1.03, 1.03, 1.3),
    "neue haas unica": (1.02, 1.02, 1.25), "news gothic": (1.0, 1.0, 1.2), "nirmala": (1.0, 0.99, 1.33),
    "optima": (0.99, 0.98, 1.2), "perpetua": (0.86, 0.92, 1.15), "posterama": (0.97, 0.97, 1.33),
    "proxima nova": (1.02, 1.0, 1.22), "rockwell": (1.05, 1.08, 1.18), "sabon": (0.93, 0.96, 1.2),
    "sakkal majalla": (0.85, 0.85, 1.4), "san francisco": (0.98, 0.98, 1.2), "seaford": (0.97, 0.96, 1.25),
    "sf": (0.98, 0.98, 1.2), "sitka": (1.0, 1.02, 1.44), "skeena": (0.98, 0.98, 1.25), "sofia": (1.02, 1.0, 1.25),
    "sylfaen": (0.95, 1.0, 1.32), "tenorite": (1.06, 1.05, 1.25), "trade gothic": (0.98, 1.0, 1.2),
    "tw cen": (0.93, 0.95, 1.1), "univers": (1.0, 1.0, 1.2), "vag rounded": (1.05, 1.03, 1.2),
    "whitney": (0.99, 0.98, 1.2), "yu gothic": (1.06, 1.04, 1.5), "yu mincho": (1.06, 1.04, 1.5),
    "apple sd gothic neo": (1.03, 1.02, 1.2), "batang": (1.122, 1.042, 1.15), "dengxian": (1.06, 1.04, 1.15),
    "dotum": (1.122, 1.042, 1.15), "fangsong": (1.122, 1.042, 1.15), "gulim": (1.122, 1.042, 1.15),
    "heiti": (1.06, 1.04, 1.4), "hiragino": (1.06, 1.04, 1.5), "hiragino kaku gothic": (1.06, 1.04, 1.5),
    "hiragino mincho": (1.06, 1.04, 1.5), "hiragino sans": (1.06, 1.04, 1.5), "kaiti": (1.122, 1.042, 1.15),
    "malgun gothic": (1.06, 1.05, 1.33), "meiryo": (1.13, 1.15, 1.6), "microsoft jhenghei": (1.1, 1.09, 1.33),
    "microsoft yahei": (1.1, 1.09, 1.32), "mingliu": (1.122, 1.042, 1.2), "ms gothic": (1.122, 1.042, 1.0),
    "ms mincho": (1.122, 1.042, 1.0), "ms pgothic": (1.122, 1.042, 1.0), "ms pmincho": (1.122, 1.042, 1.0),
    "pingfang": (1.06, 1.05, 1.4), "pmingliu": (1.122, 1.042, 1.2), "simhei": (1.122, 1.042, 1.15),
    "simsun": (1.122, 1.042, 1.15), "source han sans": (1.048, 1.031, 1.448), "source han serif": (1.05, 1.04, 1.448),
    "tsukushi": (1.06, 1.04, 1.5), "ud digi kyokasho": (1.122, 1.042, 1.2), "bizud": (1.262, 1.198, 1.2),
}  # fmt: skip
"""Of fonts whose metrics nobody publishes: from what is known of them, on the wide and the tall side.

Aptos: ascent 939, descent 282 and an average width of 561 where Calibri has 521, in thousandths, as Word writes them
into PDFs; its other weights are taken to be as wide beside it as Calibri's are, or wider. Others are as wide as a free
font of their design is that Capsize has, or wider: Avenir as Nunito, Frutiger, Myriad and Univers as Open Sans is
beside them, Futura as Jost, Gotham as Montserrat, Meiryo nearly as Verdana; Franklin Gothic stands
between Libre Franklin and Arial, Gill Sans over GilliusADF. Corbel, Candara and Constantia have Calibri's line. Letters
of Chinese, Japanese and Korean fonts are half as wide as their signs where they are of one width.
"""

SAME: dict[str, str] = {
    "bitstream vera sans": "dejavu sans", "source sans": "source sans 3", "source sans pro": "source sans 3",
    "source serif": "source serif 4", "source serif pro": "source serif 4", "carlito": "calibri", "caladea": "cambria",
    "gelasio": "georgia", "palatino": "palatino linotype", "bookman": "bookman old style", "trebuchet": "trebuchet ms",
    "segoe": "segoe ui", "noto sans cjk": "noto sans jp", "itc avant garde gothic": "century gothic",
    "itc franklin gothic": "franklin gothic", "adobe garamond": "garamond", "ff din": "din", "ff meta": "meta",
    "pf din": "din", "din 2014": "din", "sf ui": "sf", "nsimsun": "simsun", "varela": "varela round",
    "微软雅黑": "microsoft yahei", "微軟正黑體": "microsoft jhenghei", "宋体": "simsun", "黑体": "simhei",
    "等线": "dengxian", "楷体": "kaiti", "仿宋": "fangsong", "新細明體": "pmingliu", "細明體": "mingliu",
    "メイリオ": "meiryo", "游ゴシック": "yu gothic", "游明朝": "yu mincho", "msゴシック": "ms gothic",
    "mspゴシック": "ms pgothic", "ms明朝": "ms mincho", "msp明朝": "ms pmincho", "ヒラギノ角ゴ": "hiragino",
    "맑은고딕": "malgun gothic", "바탕": "batang", "굴림": "gulim", "돋움": "dotum",
}  # fmt: skip
"""Other names of these families."""
