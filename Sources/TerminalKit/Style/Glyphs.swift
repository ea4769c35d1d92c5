/// The characters that widgets draw with, each one column wide: Unicode, or plain ASCII for terminals without it.
///
/// There is one of each repertoire, shared by everything that draws: a value of so many characters is slow to copy.
public final class Glyphs: Hashable, Sendable {
    public let repertoire: GlyphRepertoire

    public let horizontal, vertical: Character
    public let topLeft, topRight, bottomLeft, bottomRight: Character
    /// Named after the side they open to: `teeRight` is `├`.
    public let teeRight, teeLeft, teeDown, teeUp, cross: Character
    public let heavyHorizontal, heavyVertical, dashedHorizontal, dottedVertical: Character
    /// On a line of time: moments and faults, before the cursor and after it.
    public let playedTick, tick, playedFault, fault: Character
    public let arrowRight, arrowLeft, arrowUp, arrowDown: Character
    /// The lifeline's side from which a call leaves and an answer returns: `├──▶`, `◀──┨`.
    public let callStart, answerStart: Character
    /// Arrows inside text.
    public let rightwards, leftwards, upwards, downwards: Character
    /// A bar: `full` cells, perhaps one of `eighths` (one to seven eighths; none in ASCII), then `empty` cells.
    public let full, empty: Character
    public let eighths: [Character]
    /// Eight heights, from lowest to highest.
    public let heights: [Character]
    /// Tell the lines of a chart apart.
    public let markers: [Character]
    /// `missing` stands where there is no number; `separator` between words of a title.
    public let ellipsis, separator, times, missing: Character
    /// Two columns each.
    public let play, pause: String

    public static let unicode = Glyphs(
        repertoire: .unicode,
        horizontal: "─", vertical: "│", topLeft: "╭", topRight: "╮", bottomLeft: "╰", bottomRight: "╯",
        teeRight: "├", teeLeft: "┤", teeDown: "┬", teeUp: "┴", cross: "┼",
        heavyHorizontal: "━", heavyVertical: "┃", dashedHorizontal: "┄", dottedVertical: "┊",
        playedTick: "┿", tick: "┼", playedFault: "▰", fault: "▱",
        arrowRight: "▶", arrowLeft: "◀", arrowUp: "▲", arrowDown: "▼", callStart: "├", answerStart: "┨",
        rightwards: "→", leftwards: "←", upwards: "↑", downwards: "↓",
        full: "█", empty: "░", eighths: ["▏", "▎", "▍", "▌", "▋", "▊", "▉"],
        heights: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
        markers: ["●", "◆", "■", "▲", "○", "◇", "□", "△"],
        ellipsis: "…", separator: "·", times: "×", missing: "–", play: "▶ ", pause: "❚❚")

    public static let ascii = Glyphs(
        repertoire: .ascii,
        horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+",
        teeRight: "+", teeLeft: "+", teeDown: "+", teeUp: "+", cross: "+",
        heavyHorizontal: "=", heavyVertical: "#", dashedHorizontal: ".", dottedVertical: ":",
        playedTick: "+", tick: "+", playedFault: "%", fault: "/",
        arrowRight: ">", arrowLeft: "<", arrowUp: "^", arrowDown: "v", callStart: "|", answerStart: "|",
        rightwards: ">", leftwards: "<", upwards: "^", downwards: "v",
        full: "#", empty: ".", eighths: [],
        heights: [" ", ".", ":", "-", "=", "+", "*", "#"],
        markers: ["o", "*", "x", "^", "@", "%", "$", "&"],
        ellipsis: "~", separator: "-", times: "x", missing: "-", play: "> ", pause: "||")

    private init(
        repertoire: GlyphRepertoire,
        horizontal: Character, vertical: Character, topLeft: Character, topRight: Character, bottomLeft: Character,
        bottomRight: Character, teeRight: Character, teeLeft: Character, teeDown: Character, teeUp: Character,
        cross: Character, heavyHorizontal: Character, heavyVertical: Character, dashedHorizontal: Character,
        dottedVertical: Character, playedTick: Character, tick: Character, playedFault: Character, fault: Character,
        arrowRight: Character, arrowLeft: Character, arrowUp: Character,
        arrowDown: Character, callStart: Character, answerStart: Character, rightwards: Character,
        leftwards: Character, upwards: Character, downwards: Character, full: Character, empty: Character,
        eighths: [Character], heights: [Character], markers: [Character], ellipsis: Character, separator: Character,
        times: Character,
        missing: Character, play: String, pause: String
    ) {
        self.repertoire = repertoire
        (self.horizontal, self.vertical) = (horizontal, vertical)
        (self.topLeft, self.topRight, self.bottomLeft, self.bottomRight) = (topLeft, topRight, bottomLeft, bottomRight)
        (self.teeRight, self.teeLeft, self.teeDown, self.teeUp, self.cross) = (teeRight, teeLeft, teeDown, teeUp, cross)
        (self.heavyHorizontal, self.heavyVertical) = (heavyHorizontal, heavyVertical)
        (self.dashedHorizontal, self.dottedVertical) = (dashedHorizontal, dottedVertical)
        (self.playedTick, self.tick, self.playedFault, self.fault) = (playedTick, tick, playedFault, fault)
        (self.arrowRight, self.arrowLeft, self.arrowUp, self.arrowDown) = (arrowRight, arrowLeft, arrowUp, arrowDown)
        (self.callStart, self.answerStart) = (callStart, answerStart)
        (self.rightwards, self.leftwards, self.upwards, self.downwards) = (rightwards, leftwards, upwards, downwards)
        (self.full, self.empty, self.eighths, self.heights) = (full, empty, eighths, heights)
        (self.ellipsis, self.separator, self.times, self.missing) = (ellipsis, separator, times, missing)
        self.markers = markers
        (self.play, self.pause) = (play, pause)
    }

    public static func == (left: Glyphs, right: Glyphs) -> Bool { left.repertoire == right.repertoire }

    public func hash(into hasher: inout Hasher) { hasher.combine(repertoire) }
}

extension GlyphRepertoire {
    public var glyphs: Glyphs {
        switch self {
        case .unicode: .unicode
        case .ascii: .ascii
        }
    }
}
