/// The names of characters that diagrams use, as HTML has them: `#quot;`, `#amp;`, `#rarr;`.
enum EntityNames {
    static func scalar(_ name: String) -> Unicode.Scalar? { table[name] }

    private static let table: [String: Unicode.Scalar] = [
        "quot": "\"", "amp": "&", "apos": "'", "lt": "<", "gt": ">", "nbsp": "\u{a0}", "shy": "\u{ad}",
        "num": "#", "semi": ";", "colon": ":", "comma": ",", "period": ".", "excl": "!", "quest": "?",
        "sol": "/", "bsol": "\\", "lpar": "(", "rpar": ")", "lbrack": "[", "rbrack": "]", "lbrace": "{",
        "rbrace": "}", "plus": "+", "equals": "=", "lowbar": "_", "ast": "*", "percnt": "%", "dollar": "$",
        "commat": "@", "verbar": "|", "grave": "`", "hat": "^", "Tab": "\t", "NewLine": "\n", "cent": "¢",
        "pound": "£", "yen": "¥", "euro": "€", "sect": "§", "copy": "©", "reg": "®", "trade": "™",
        "deg": "°", "plusmn": "±", "micro": "µ", "para": "¶", "middot": "·", "times": "×", "divide": "÷",
        "frac12": "½", "frac14": "¼", "frac34": "¾", "sup2": "²", "sup3": "³", "laquo": "«", "raquo": "»",
        "iexcl": "¡", "iquest": "¿", "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’", "ldquo": "“",
        "rdquo": "”", "bull": "•", "hellip": "…", "larr": "←", "uarr": "↑", "rarr": "→", "darr": "↓",
        "harr": "↔", "rArr": "⇒", "lArr": "⇐", "hArr": "⇔", "infin": "∞", "ne": "≠", "le": "≤", "ge": "≥",
        "asymp": "≈", "sum": "∑", "prod": "∏", "radic": "√", "isin": "∈", "empty": "∅", "cap": "∩",
        "cup": "∪", "and": "∧", "or": "∨", "not": "¬", "hearts": "♥", "spades": "♠", "clubs": "♣",
        "diams": "♦", "check": "✓", "cross": "✗", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ",
        "Delta": "Δ", "epsilon": "ε", "lambda": "λ", "mu": "μ", "pi": "π", "sigma": "σ", "Sigma": "Σ",
        "tau": "τ", "omega": "ω", "Omega": "Ω", "aacute": "á", "eacute": "é", "iacute": "í", "oacute": "ó",
        "uacute": "ú", "ntilde": "ñ", "uuml": "ü", "Aacute": "Á", "Eacute": "É", "Iacute": "Í",
        "Oacute": "Ó", "Uacute": "Ú", "Ntilde": "Ñ", "Uuml": "Ü", "auml": "ä", "ouml": "ö", "Auml": "Ä",
        "Ouml": "Ö", "szlig": "ß", "agrave": "à", "egrave": "è", "ccedil": "ç", "ecirc": "ê", "aring": "å",
        "oslash": "ø", "aelig": "æ",
    ]
}
