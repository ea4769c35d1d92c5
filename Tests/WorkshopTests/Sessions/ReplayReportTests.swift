import Foundation
import FoundationXML
import Testing

@testable import Workshop

/// Reports for people, for test runners and for CI servers.
@Suite struct ReplayReportTests {
    private typealias Check = SessionReplay.Check

    private let report = ReplayReport(sessions: [
        ReplayReport.Session(
            file: "a/first.replay",
            checks: [Check(line: 4, name: "expect text \"x < y & #3\""), Check(line: 0, name: "golden frames (3)")]),
        ReplayReport.Session(
            file: "a/odd \u{1b}[31m<&\"'>.replay",
            checks: [
                Check(line: 7, name: "expect step look", failure: "the lesson is at \u{7}turn"),
                Check(line: 0, name: "back\\slash # hash", failure: "  first \"here\"\n\nlast ]]> \u{9b}2J"),
            ]),
    ])

    @Test func peopleReadPlacesAndReasons() {
        #expect(
            report.text == """
                ok   a/first.replay (2 checks)
                FAIL a/odd ␛[31m<&"'>.replay (2 checks)
                     a/odd ␛[31m<&"'>.replay:7: expect step look
                       the lesson is at ␇turn
                     back\\slash # hash
                         first "here"

                       last ]]> \u{fffd}2J
                2 passed, 2 failed

                """)
        #expect(!report.isPassed)
        #expect(ReplayReport(sessions: [report.sessions[0]]).isPassed)
    }

    @Test func nothingInAReportActsOnATerminal() {
        for text in [report.text, report.tap, report.junit] {
            #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        }
    }

    // MARK: TAP

    @Test func tapHasItsPlanItsNumbersAndItsBlocks() {
        #expect(
            report.tap == """
                TAP version 13
                1..4
                ok 1 - a/first.replay:4: expect text "x < y & \\#3"
                ok 2 - a/first.replay: golden frames (3)
                not ok 3 - a/odd ␛[31m<&"'>.replay:7: expect step look
                  ---
                  message: "the lesson is at ␇turn"
                  ...
                not ok 4 - a/odd ␛[31m<&"'>.replay: back\\\\slash \\# hash
                  ---
                  message: "  first \\"here\\""
                  detail:
                    - ""
                    - "last ]]> \u{fffd}2J"
                  ...

                """)
    }

    // MARK: JUnit

    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [(name: String, attributes: [String: String])] = []
        var text = ""

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) { elements.append((name, attributes)) }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
    }

    /// Read by an XML parser that we did not write.
    @Test func junitIsWellFormedAndSaysTheSame() throws {
        let parser = XMLParser(data: Data(report.junit.utf8))
        let reader = Reader()
        parser.delegate = reader
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        let suites = reader.elements.filter { $0.name == "testsuite" }
        #expect(reader.elements.first?.name == "testsuites")
        #expect(reader.elements.first?.attributes == ["tests": "4", "failures": "2", "errors": "0"])
        #expect(suites.map { $0.attributes["failures"] } == ["0", "2"])
        #expect(suites[1].attributes["name"] == "a/odd ␛[31m<&\"'>.replay")
        let cases = reader.elements.filter { $0.name == "testcase" }.map { $0.attributes["name"] }
        #expect(cases == [
            "4: expect text \"x < y & #3\"", "golden frames (3)", "7: expect step look", "back\\slash # hash",
        ])
        let failures = reader.elements.filter { $0.name == "failure" }.map { $0.attributes["message"] }
        #expect(failures == ["the lesson is at ␇turn", "  first \"here\""])
        #expect(reader.text.contains("  first \"here\"\n\nlast ]]> \u{fffd}2J"))
    }

    // MARK: Sessions that cannot be used

    /// Whoever reads only the report sees them too.
    @Test func whatCannotBeReplayedIsInTheReportsForMachines() throws {
        let error = "bad.replay:3:1: error: unknown word \"kee\"\n   kee \u{1b}[31m<a>"
        let report = ReplayReport(
            sessions: [self.report.sessions[0], ReplayReport.Session(file: "bad.replay", error: error)])
        #expect(!report.isPassed && report.errors.count == 1)
        #expect(report.text == "ok   a/first.replay (2 checks)\n2 passed, 0 failed\n")
        #expect(report.tap.hasPrefix("TAP version 13\n1..3\nok 1 - "))
        #expect(report.tap.contains("not ok 3 - bad.replay: it can be replayed\n  ---\n  message: \"bad.replay:3:1: "))
        let parser = XMLParser(data: Data(report.junit.utf8))
        let reader = Reader()
        parser.delegate = reader
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        #expect(reader.elements.first?.attributes == ["tests": "3", "failures": "0", "errors": "1"])
        let suites = reader.elements.filter { $0.name == "testsuite" }
        #expect(suites.map { $0.attributes["errors"] } == ["0", "1"])
        let errors = reader.elements.filter { $0.name == "error" }.map { $0.attributes["message"] }
        #expect(errors == ["bad.replay:3:1: error: unknown word \"kee\""])
        #expect(reader.text.contains("kee ␛[31m<a>"))
    }
}
