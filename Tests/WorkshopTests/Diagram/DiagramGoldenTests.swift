import Diagrams
import Foundation
import TerminalKit
import Testing

@testable import Workshop

/// The drawings of `goldens/*.txt`: a diagram's text, and below it how it is drawn.
///
/// `ENSAYO_UPDATE_DIAGRAMS=1 swift test --filter DiagramGoldenTests` writes them anew. Look at what changed.
@Suite struct DiagramGoldenTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("goldens")

    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
    }()

    @Test func thereAreDrawings() { #expect(Self.names.count > 20) }

    @Test(arguments: names) func theDrawingIsAsItWas(name: String) throws {
        let file = Self.folder.appendingPathComponent(name + ".txt")
        let golden = try DiagramGolden(String(contentsOf: file, encoding: .utf8))
        let drawn = try golden.drawn()
        if ProcessInfo.processInfo.environment["ENSAYO_UPDATE_DIAGRAMS"] != nil {
            try drawn.write(to: file, atomically: true, encoding: .utf8)
        } else {
            #expect(drawn == golden.text)
        }
    }
}

/// A golden file: the text of a diagram up to the first line of dashes, then its drawings, each under such a line.
///
/// The first line may be a comment with settings: `%% hop 5ms, width 100, unmeasured, dense, now 40ms`.
struct DiagramGolden {
    let text: String
    private let source: String
    private var hop: Int64 = 0
    private var width = 80
    private var isMeasured = true
    private var isDense = false
    private var now: Int64?

    init(_ text: String) {
        self.text = text
        source = text.components(separatedBy: "\n--- ")[0]
        guard let first = source.split(separator: "\n").first, first.hasPrefix("%%") else { return }
        for setting in first.dropFirst(2).split(separator: ",") {
            let words = setting.split(separator: " ")
            let number = words.count > 1 ? Int64(words[1].filter(\.isNumber)) ?? 0 : 0
            switch words.first {
            case "hop": hop = number * 1_000_000
            case "width": width = Int(number)
            case "unmeasured": isMeasured = false
            case "dense": isDense = true
            case "now": now = number * 1_000_000
            default: break
            }
        }
    }

    func measured() throws -> MeasuredDiagram {
        let diagram = try DiagramReader.read(source)
        return isMeasured ? Rehearsal.measured(diagram, hop: hop) : MeasuredDiagram(diagram)
    }

    func drawn() throws -> String {
        let measured = try measured()
        var text = source
        for mode in isMeasured ? DiagramMode.allCases : [.compact] {
            for glyphs in [Glyphs.unicode, .ascii] {
                let style = DiagramStyle(mode: mode, glyphs: glyphs, width: width, isDense: isDense)
                text += "\n--- \(mode) \(glyphs.repertoire)\n" + DiagramText(measured, style: style).text
            }
        }
        if let now {
            let layout = DiagramLayout(measured, style: DiagramStyle(width: width, isDense: isDense))
            var frame = Frame(size: Size(width: layout.width, height: layout.height))
            DiagramDrawing(layout, now: now).draw(into: &frame, in: frame.bounds)
            text += "\n--- at \(now / 1_000_000) ms\n" + frame.exportedText
        }
        return text
    }
}
