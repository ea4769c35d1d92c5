import TerminalKit

/// The characters of sequence diagrams that no widget needs, and how lines look where they meet.
struct DiagramGlyphs: Hashable, Sendable {
    let glyphs: Glyphs

    init(_ glyphs: Glyphs) { self.glyphs = glyphs }

    private var isUnicode: Bool { glyphs.repertoire == .unicode }

    // MARK: Arrows

    /// The head of `-)`: nobody waits.
    var openRight: Character { isUnicode ? "▷" : ")" }
    var openLeft: Character { isUnicode ? "◁" : "(" }
    /// Where an arrow leaves a bar.
    var barTeeRight: Character { isUnicode ? "┠" : glyphs.heavyVertical }
    var barTeeLeft: Character { isUnicode ? "┨" : glyphs.heavyVertical }
    private var barCross: Character { isUnicode ? "╂" : glyphs.heavyVertical }

    // MARK: Heads

    var double: Character { isUnicode ? "═" : "=" }
    var doubleTopLeft: Character { isUnicode ? "╒" : "." }
    var doubleTopRight: Character { isUnicode ? "╕" : "." }
    var doubleBottomLeft: Character { isUnicode ? "╘" : "+" }
    var doubleBottomRight: Character { isUnicode ? "╛" : "+" }
    var doubleTeeDown: Character { isUnicode ? "╤" : "+" }
    /// An actor from above: head, arms.
    var actor: [String] { isUnicode ? [" ○ ", "╱│╲"] : [" o ", "/|\\"] }

    // MARK: Notes: square, so that nobody takes them for participants

    var noteTopLeft: Character { isUnicode ? "┌" : "+" }
    var noteTopRight: Character { isUnicode ? "┐" : "+" }
    var noteBottomLeft: Character { isUnicode ? "└" : "+" }
    var noteBottomRight: Character { isUnicode ? "┘" : "+" }

    // MARK: Meetings

    /// What a line to the side makes of what it passes: a lifeline goes on below it, a bar stands before it.
    func crossed(_ under: Character, by line: Character) -> Character {
        switch under {
        case glyphs.vertical, glyphs.dottedVertical, glyphs.cross: glyphs.cross
        case glyphs.heavyVertical, barCross: barCross
        default: line
        }
    }

    func isBar(_ character: Character) -> Bool { character == glyphs.heavyVertical || character == barCross }

    /// What a line downwards makes of what it passes.
    func crossedDownwards(_ under: Character) -> Character {
        under == glyphs.horizontal || under == glyphs.dashedHorizontal ? glyphs.cross : glyphs.vertical
    }

    /// Where an arrow leaves a lifeline or a bar.
    func tail(on under: Character, towardsRight: Bool) -> Character {
        let isBar = under == glyphs.heavyVertical
        if towardsRight { return isBar ? barTeeRight : glyphs.callStart }
        return isBar ? barTeeLeft : isUnicode ? glyphs.teeLeft : glyphs.callStart
    }
}
