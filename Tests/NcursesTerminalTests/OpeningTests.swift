import Foundation
import TerminalKit
import TerminalProof
import TestPrograms
import Testing

/// What the terminal is found to be, and what is said when it cannot be opened.
@Suite("Opening the terminal")
struct OpeningTests {
    private static let frame = Frame(size: Size(width: 20, height: 3))

    private func abilities(
        _ kind: TerminalKind, _ environment: [String: String] = [:], options: [String] = []
    ) throws -> Abilities {
        try Painting([Self.frame], on: kind, options: options, environment: environment).abilities
    }

    @Test("colours as deep as the terminal's description says", arguments: TerminalKind.all + [.narrow])
    func depth(kind: TerminalKind) throws {
        let abilities = try abilities(kind)
        #expect(abilities.depth == kind.depth)
        #expect(abilities.colours == kind.colours)
        #expect(abilities.size == "20x3")
    }

    @Test("COLORTERM adds no colours that the description lacks")
    func colorterm() throws {
        #expect(try abilities(.xterm256, ["COLORTERM": "truecolor"]).depth == .indexed256)
    }

    @Test("NO_COLOR takes the colours away, when it is not empty and nothing else is asked for")
    func noColor() throws {
        #expect(try abilities(.xterm256, ["NO_COLOR": "1"]).depth == .monochrome)
        #expect(try abilities(.xterm256, ["NO_COLOR": ""]).depth == .indexed256)
        #expect(try abilities(.xterm256, ["NO_COLOR": "1"], options: ["depth=basic16"]).depth == .basic16)
    }

    @Test("asked for more than the terminal has, it stays with what it has")
    func noDeeper() throws {
        #expect(try abilities(.xterm, options: ["depth=truecolour"]).depth == .basic16)
        #expect(try abilities(.vt100, options: ["depth=indexed256"]).depth == .monochrome)
    }

    @Test(
        "the locale tells whether there is Unicode",
        arguments: [
            (["LC_ALL": "C.UTF-8"], GlyphRepertoire.unicode),
            // Nothing chosen: a container, or a login without a locale.
            (["LC_ALL": "", "LC_CTYPE": "", "LANG": ""], .unicode),
            // Chosen, and not installed.
            (["LC_ALL": "xx_XX.UTF-8"], .unicode),
            (["LC_ALL": "", "LANG": "xx_XX.utf8"], .unicode),
            (["LC_ALL": "C"], .ascii),
            (["LC_ALL": "POSIX"], .ascii),
            (["LC_ALL": "xx_XX.ISO-8859-1"], .ascii),
        ])
    func locale(variables: [String: String], repertoire: GlyphRepertoire) throws {
        #expect(try abilities(.xterm256, variables).repertoire == repertoire)
    }

    @Test("ASCII on demand, Unicode never against the locale")
    func repertoire() throws {
        #expect(try abilities(.xterm256, options: ["repertoire=ascii"]).repertoire == .ascii)
        #expect(try abilities(.xterm256, ["LC_ALL": "C"], options: ["repertoire=unicode"]).repertoire == .ascii)
    }

    // MARK: When it cannot be opened

    @Test("without a terminal it says how to do without one")
    func noTerminal() throws {
        let outcome = try Program.run(Tools.probe, ["open"], environment: ["TERM": "xterm-256color"])
        #expect(outcome.status == 2)
        #expect(outcome.output == "")
        #expect(outcome.errors.contains("`ensayo run"))
        #expect(outcome.errors.contains("`ensayo replay"))
    }

    private func failure(term: String?) throws -> Program.Outcome {
        let folder = try Folder()
        try FrameFile.write([Self.frame]).write(to: folder.url("frames"), atomically: false, encoding: .utf8)
        return try Program.run(
            Tools.probe, ["paint"] + ["frames", "bytes", "checkpoints", "report"].map(folder.path),
            environment: term.map { ["TERM": $0] } ?? [:])
    }

    @Test("an unknown terminal is named, and another one suggested")
    func unknownTerminal() throws {
        let outcome = try failure(term: "wy-nonsense")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("\"wy-nonsense\""))
        #expect(outcome.errors.contains("TERM=xterm-256color"))
    }

    @Test("control characters in its name come out written")
    func hostileName() throws {
        let outcome = try failure(term: "\u{1B}[2Jboo\u{7}")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains(#""\u{1B}[2Jboo\u{07}""#))
        #expect(outcome.errors.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
    }

    @Test("no TERM, and a terminal without a cursor, have their own words")
    func otherFailures() throws {
        for term in [nil, ""] {
            let outcome = try failure(term: term)
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("TERM is not set"))
        }
        let outcome = try failure(term: "dumb")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("cannot place its cursor"))
    }

    @Test("a terminal that fails to open is left as it was, and stderr too")
    func nothingLeft() throws {
        let outcome = try failure(term: "wy-nonsense")
        #expect(outcome.output == "")
        #expect(outcome.errors.split(separator: "\n").count == 1)
    }
}
