/// The colour at the beginning of a `box` line: a name of CSS, or `rgb(...)` and its like.
enum BoxColour {
    /// The colour and what follows it; `nil`: the line begins with none.
    static func split(
        _ written: ArraySlice<Unicode.Scalar>
    ) -> (colour: String, rest: ArraySlice<Unicode.Scalar>)? {
        var end = written.startIndex
        while end < written.endIndex, written[end].isASCIIWordPart { end += 1 }
        let word = String(String.UnicodeScalarView(written[written.startIndex..<end]))
        if functions.contains(word.lowercased()) {
            var open = end
            while open < written.endIndex, written[open].properties.isWhitespace { open += 1 }
            guard open < written.endIndex, written[open] == "(",
                let close = written[open...].firstIndex(of: ")")
            else { return nil }
            return (String(String.UnicodeScalarView(written[written.startIndex...close])), written[(close + 1)...])
        }
        // What follows a name must be apart from it: `red-hot` is a label.
        let isApart = end == written.endIndex || written[end].properties.isWhitespace
        return isApart && names.contains(word.lowercased()) ? (word, written[end...]) : nil
    }

    static func isColour(_ word: String) -> Bool {
        names.contains(word.lowercased()) || functions.contains(word.lowercased())
    }

    private static let functions: Set<String> = ["rgb", "rgba", "hsl", "hsla"]

    private static let names: Set<String> = Set(
        """
        transparent aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown
        burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan
        darkgoldenrod darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred
        darksalmon darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue
        dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray
        green greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen
        lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink
        lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen
        linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue
        mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy
        oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip
        peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown
        seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal
        thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen
        """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
