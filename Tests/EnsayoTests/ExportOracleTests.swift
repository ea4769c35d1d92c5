import Foundation
import TestPrograms
import Testing

/// What `ensayo export` writes, read by programs that we did not write.
@Suite struct ExportOracleTests {
    private static let python = Program.python(having: "html5lib")
    private static let emulator = Program.python(having: "pyte")

    private static func isThere(_ program: String) -> Bool {
        (try? Program.run("/usr/bin/env", ["which", program]).status) == 0
    }

    private let ensayo: Ensayo

    init() throws { ensayo = try Ensayo() }

    private func support(_ path: String) -> String { Ensayo.root.appendingPathComponent("Tests/\(path)").path }

    /// asciinema plays the recording into a terminal emulator, which then shows the session's last screen.
    @Test(
        .enabled(if: emulator != nil && isThere("asciinema") && isThere("script"), "run scripts/test"),
        arguments: [
            "01-orchestration/replays/wide", "01-orchestration/replays/leccion-entera",
            "01-orchestration/replays/two-futures",
        ])
    func asciinemaEndsOnTheLastScreen(session: String) throws {
        let file = Ensayo.root.appendingPathComponent("Lessons/\(session).replay").path
        #expect(try ensayo.output("export \(file) --as asciicast -o film.cast") == "")
        let cast = try String(contentsOf: ensayo.folder.url("film.cast"), encoding: .utf8)
        let first = Data(cast.prefix { $0 != "\n" }.utf8)
        let head = try #require(try JSONSerialization.jsonObject(with: first) as? [String: Any])
        // It wants a terminal of its own.
        let play = "cd '\(ensayo.folder.path("."))' && asciinema cat film.cast > bytes"
        let played = try Program.run(
            "/usr/bin/env", ["script", "-qec", play, "/dev/null"],
            environment: ["HOME": ensayo.folder.path("home"), "LC_ALL": "C.UTF-8", "TERM": "xterm"])
        #expect(played.status == 0, "\(played.output)")
        let size = try Data(contentsOf: ensayo.folder.url("bytes")).count
        let (width, height) = (try #require(head["width"] as? Int), try #require(head["height"] as? Int))
        try ensayo.write("\(size) \(width) \(height)\n", "checkpoints")
        let shown = try Program.run(
            try #require(Self.emulator),
            [support("support/emulator.py"), "replay", ensayo.folder.path("bytes"), ensayo.folder.path("checkpoints")])
        #expect(shown.status == 0, "\(shown.errors)")
        let rows = shown.output.split(separator: "\n").dropFirst().prefix(height).map { row in
            String(row.prefix { $0 != "\u{1F}" }).trimmedEnd
        }
        let last = try ensayo.output("export \(file) --as text")
        #expect(rows.joined(separator: "\n").trimmedEnd == last.trimmedEnd)
    }

    /// librsvg draws the picture, and as large as it says.
    @Test(
        .enabled(if: isThere("rsvg-convert"), "no rsvg-convert: run scripts/test"),
        arguments: [
            "orchestration --step one-by-one", "retry --theme light --panels retries,metrics --size 120x40",
            "load-balancing --language es", "circuit-breaker --ascii",
        ])
    func librsvgDrawsThePicture(arguments: String) throws {
        #expect(try ensayo.output("export \(arguments) --as svg -o picture.svg") == "")
        let svg = try String(contentsOf: ensayo.folder.url("picture.svg"), encoding: .utf8)
        let drawn = try Program.run(
            "/usr/bin/env",
            ["rsvg-convert", ensayo.folder.path("picture.svg"), "-o", ensayo.folder.path("picture.png")])
        #expect(drawn.status == 0 && drawn.errors == "")
        let png = try Data(contentsOf: ensayo.folder.url("picture.png"))
        func number(at place: Int) -> Int { png[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
        #expect(svg.contains("viewBox=\"0 0 \(number(at: 16)) \(number(at: 20))\""))
        // A page without anything on it takes next to nothing.
        #expect(png.count > 10_000)
    }

    /// A parser of the standard finds no error in the page, no script, and nothing to fetch.
    @Test(
        .enabled(if: python != nil, "no Python with html5lib: run scripts/test"),
        arguments: ["orchestration", "bulkhead --language es", "retry --scenario payment", "cache-lru --panels cache"])
    func browsersReadTheHandout(arguments: String) throws {
        let page = try ensayo.output("export \(arguments) --as html")
        let read = try Program.run(
            try #require(Self.python), [support("EnsayoTests/Oracles/html.py")], input: page)
        #expect(read.status == 0, "\(read.errors)")
        #expect(read.output.split(separator: "\n").count >= 2)
    }
}

extension String {
    fileprivate var trimmedEnd: String {
        var text = self
        while text.last == " " || text.last == "\n" { text.removeLast() }
        return text
    }
}
