import Foundation
import TestPrograms
import Testing

/// The page that teaches authors, taken literally: a new lesson from its skeleton to green lint, with mistakes on the
/// way. Every command is run and prints what the page says; every edit finds what it replaces.
@Suite struct AuthoringGuideTests {
    /// A fenced block: the words behind the fence, and the lines.
    private struct Block {
        var kind: String
        var lines: [String]
        var number: Int
    }

    private static func page() throws -> [Block] {
        let file = Ensayo.root.appendingPathComponent("docs/authoring.md")
        var blocks: [Block] = []
        var open: Block?
        for (index, line) in try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n").enumerated() {
            if let block = open, line == "```" {
                blocks.append(block)
                open = nil
            } else if open != nil {
                open?.lines.append(line)
            } else if line.hasPrefix("```") {
                open = Block(kind: String(line.dropFirst(3)), lines: [], number: index + 1)
            }
        }
        return blocks
    }

    @Test func thePageDoesWhatItSays() throws {
        var ensayo = try Ensayo()
        ensayo.environment["ENSAYO_HOME"] = Ensayo.root.path
        var (commands, edits) = (0, 0)
        for block in try Self.page() {
            if block.kind == "console" {
                commands += try run(block, ensayo)
            } else if block.kind.hasPrefix("diff ") {
                try edit(block, in: ensayo.folder)
                edits += 1
            } else {
                Issue.record("line \(block.number): what is \(block.kind)?")
            }
        }
        #expect(commands > 12 && edits > 15)
        // What the author has made has nothing wrong with it.
        let lint = try ensayo.run("lint ./01-queues")
        #expect(lint.status == 0 && lint.output == "", "\(lint.output)")
        #expect(try ensayo.run("replay 01-queues/replays/first-visit.replay").status == 0)
        #expect(try ensayo.output("list --lessons .").contains("1\tqueues\tQueues\t11 min\t"))
    }

    /// Runs the lines that begin with `$`, and compares what they print with the lines below. Returns how many.
    private func run(_ block: Block, _ ensayo: Ensayo) throws -> Int {
        var commands = 0
        var rest = block.lines[...]
        while let line = rest.popFirst() {
            let words = line.split(separator: " ").map(String.init)
            #expect(words.starts(with: ["$", "ensayo"]), "line \(block.number): \(line)")
            let expected = Array(rest.prefix { !$0.hasPrefix("$ ") })
            rest = rest.dropFirst(expected.count)
            let outcome = try ensayo.run(Array(words.dropFirst(2)))
            #expect(Self.lines(outcome.output + outcome.errors) == expected.map(Self.trimmed), "\(line)")
            commands += 1
        }
        return commands
    }

    /// Replaces the lines with a minus by those with a plus, in the place where they stand.
    private func edit(_ block: Block, in folder: Folder) throws {
        let url = folder.url(String(block.kind.dropFirst("diff ".count)))
        let text = try String(contentsOf: url, encoding: .utf8)
        func part(_ sign: String) -> String {
            block.lines.filter { $0.hasPrefix(sign) }.map { "\($0.dropFirst())\n" }.joined()
        }
        let range = try #require(text.range(of: part("-")), "line \(block.number) finds nothing to replace")
        try Data(text.replacingCharacters(in: range, with: part("+")).utf8).write(to: url)
    }

    private static func lines(_ text: String) -> [String] {
        var lines = text.components(separatedBy: "\n").map(trimmed)
        while lines.last == "" { lines.removeLast() }
        return lines
    }

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }
}
