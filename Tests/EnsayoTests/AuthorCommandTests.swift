import Foundation
import TestPrograms
import Testing

/// `ensayo new`, `ensayo lint` and packs, as an author calls them.
@Suite struct AuthorCommandTests {
    private let ensayo: Ensayo

    init() throws {
        var ensayo = try Ensayo()
        ensayo.environment["ENSAYO_HOME"] = Ensayo.root.path
        self.ensayo = ensayo
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOf: ensayo.folder.url(name), encoding: .utf8)
    }

    // MARK: new

    @Test func lessonsAreNumberedOneAfterTheOther() throws {
        #expect(try ensayo.output("new queues").hasPrefix("Made 01-queues. Next:\n"))
        #expect(try ensayo.output("new locks --title Locks").contains("02-locks"))
        #expect(try text("02-locks/lesson.yaml").contains("title: { en: \"Locks\", es: \"Locks\" }"))
        #expect(try ensayo.output("new deeper --in packs/mine").contains("packs/mine/01-deeper"))
        #expect(try ensayo.output("lint . packs/mine").isEmpty)
        #expect(try ensayo.run("replay 02-locks/replays/first-visit.replay").status == 0)
    }

    @Test func whatIsThereIsLeftAlone() throws {
        _ = try ensayo.output("new queues")
        expectRefused(try ensayo.run("new queues"), "there is a lesson queues already, in ./01-queues")
        expectRefused(try ensayo.run("new retry"), "there is a lesson retry already, in ", "04-retry")
        expectRefused(try ensayo.run("new locks --in 01-queues"), "--in: error: 01-queues is a lesson itself")
        expectRefused(try ensayo.run(["new", "Two words"]), "\"Two words\" cannot be a lesson's id", "use two-words")
        try ensayo.write("", "file")
        expectRefused(try ensayo.run("new locks --in file"), "cannot be made")
        #expect(try FileManager.default.contentsOfDirectory(atPath: ensayo.folder.path("01-queues")).count == 5)
    }

    // MARK: lint

    @Test func problemsAreObjectsForEditors() throws {
        _ = try ensayo.output("new queues")
        let yaml = try text("01-queues/lesson.yaml").replacing("stop: 100ms", with: "stopp: 100ms")
        try ensayo.write(yaml, "01-queues/lesson.yaml")
        try FileManager.default.removeItem(at: ensayo.folder.url("01-queues/texts.agreed"))
        let outcome = try ensayo.run("lint --format json 01-queues/lesson.yaml")
        #expect(outcome.status == 1)
        #expect(outcome.errors == "1 checked, 1 problem, 1 hint.\n")
        let objects = try outcome.output.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        let error = try #require(objects.first { $0["severity"] as? String == "error" })
        #expect(error["file"] as? String == "01-queues/lesson.yaml")
        #expect(error["message"] as? String == "unknown key \"stopp\" in a step")
        #expect(error["suggestion"] as? String == "did you mean \"stop\"?")
        #expect((error["line"] as? Int ?? 0) > 50 && error["column"] as? Int == 5 && error["length"] as? Int == 5)
        #expect(objects.contains { $0["severity"] as? String == "hint" })
    }

    @Test func aHintIsNoFailure() throws {
        _ = try ensayo.output("new queues")
        try FileManager.default.removeItem(at: ensayo.folder.url("01-queues/texts.agreed"))
        let outcome = try ensayo.run("lint ./01-queues")
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("hint: nobody has noted that both languages say the same"))
        #expect(try ensayo.output("lint --agree ./01-queues") == "./01-queues/texts.agreed: 7 sections\n")
        #expect(try ensayo.output("lint --agree ./01-queues") == "./01-queues/texts.agreed: nothing new\n")
    }

    @Test func textsThatDoNotCorrespondCannotAgree() throws {
        _ = try ensayo.output("new queues")
        try ensayo.write(text("01-queues/es.md").replacing("{{ one }}", with: "100 ms"), "01-queues/es.md")
        let outcome = try ensayo.run("lint --agree ./01-queues")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("shows {{ one }} in English, and not here"))
    }

    // MARK: Packs

    @Test func packsAreTakenFromTheCommandLineAndTheEnvironment() throws {
        _ = try ensayo.output("new locks --in mine")
        _ = try ensayo.output("new queues --in theirs")
        #expect(try ensayo.output("list --lessons mine --lessons theirs").contains("1\tlocks\tLocks\t11 min\tmine\n"))
        var other = ensayo
        other.environment["ENSAYO_LESSONS"] = "theirs:nowhere:mine"
        let outcome = try other.run("list")
        #expect(outcome.output.contains("1\tqueues\tQueues\t11 min\ttheirs\n1\tlocks"))
        // What is wrong with one of them hides none of the others.
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("nowhere: error: there is no such folder of lessons"))
        #expect(try other.output("run queues").contains("page"))
        #expect(try ensayo.output("run mine/01-locks").contains("page"))
        #expect(try ensayo.output("run locks --lessons mine").contains("page"))
    }

    /// The fresh process has the same lessons as this one, wherever they were named.
    @Test func aPacksSessionsAreTheSameTwice() throws {
        _ = try ensayo.output("new locks --in mine")
        let session = "mine/01-locks/replays/first-visit.replay"
        for arguments in ["--lessons mine --filter 01-locks", session] {
            let outcome = try ensayo.run("replay --twice \(arguments)")
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("ok   \(session) ("), "\(outcome.output)")
        }
        // A session elsewhere, of a lesson that only the command line knows.
        try ensayo.write("format: 1\nlesson: locks\nkey enter\nkey n\n", "visit.replay")
        let outcome = try ensayo.run("replay --twice --lessons mine visit.replay")
        #expect(outcome.output == "ok   visit.replay (1 check)\n1 passed, 0 failed\n", "\(outcome)")
    }

    /// A pack's session is shrunk where it can be replayed: from its own folder, or with the pack.
    @Test func aPacksSessionsAreShrunk() throws {
        _ = try ensayo.output("new locks --in mine")
        let session = "format: 1\nlesson: locks\nkey enter\nkey ?\nexpect text \"nowhere at all\"\n"
        try ensayo.write(session, "mine/01-locks/replays/bad.replay")
        try ensayo.write(session, "bad.replay")
        #expect(try ensayo.output("shrink mine/01-locks/replays/bad.replay").contains("bad.shrunk.replay: "))
        #expect(try ensayo.output("shrink --lessons mine bad.replay").contains("bad.shrunk.replay: "))
        for command in ["shrink", "replay", "export --as asciicast"] {
            expectRefused(
                try ensayo.run("\(command) bad.replay"), "bad.replay:2:9: error: there is no lesson \"locks\"",
                "--lessons FOLDER, or from its own folder replays")
        }
    }

    @Test func lessonsThatClashAreToldWithBothPlaces() throws {
        _ = try ensayo.output("new locks --in mine")
        let pack = ensayo.folder.url("theirs")
        try FileManager.default.createDirectory(at: pack, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: ensayo.folder.url("mine/01-locks"), to: pack.appendingPathComponent("07-locks"))
        let outcome = try ensayo.run("list --lessons mine --lessons theirs")
        #expect(outcome.errors.contains("there is a lesson \"locks\" already, in mine/01-locks"))
        #expect(outcome.errors.contains("theirs/07-locks is left out"))
        #expect(outcome.output.contains("\tlocks\t"))
    }

    @Test func aFolderIsMeantWhereNoLessonIsCalledSo() throws {
        _ = try ensayo.output("new locks --in mine")
        #expect(try ensayo.run("lint mine").errors == "1 checked, no problems.\n")
        #expect(try ensayo.run("lint mine/").errors == "1 checked, no problems.\n")
        expectRefused(
            try ensayo.run("lint nowhere"), "there is no lesson \"nowhere\", and no folder ./nowhere", "lessons: ")
        for command in ["learn mine --linear", "run mine", "sandbox mine"] {
            let outcome = try ensayo.run(command)
            #expect(outcome.status == 2)
            #expect(
                outcome.errors.contains("there is no lesson \"mine\", and the folder ./mine has no lesson.yaml"),
                "\(command): \(outcome.errors)")
        }
    }

    @Test func lintTellsOfALessonThatWouldBeLeftOut() throws {
        _ = try ensayo.output("new locks --in mine")
        try FileManager.default.moveItem(
            at: ensayo.folder.url("mine/01-locks"), to: ensayo.folder.url("mine/01-retry"))
        let outcome = try ensayo.run("lint mine")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("mine/01-retry: error: there is a lesson \"retry\" already, in "))
    }

    @Test func placesInTheFolderWherePeopleAreAreShort() throws {
        _ = try ensayo.output("new locks")
        try ensayo.write("format: 1\nterms: {}\nmore: 1\n", "glossary.yaml")
        try ensayo.write("", "01-locks/en.md")
        let output = try ensayo.run("lint .").output
        #expect(output.contains("\n./01-locks/en.md") && output.hasPrefix("./glossary.yaml:3:1: error: "), "\(output)")
    }

    @Test func aPackMayBuildOnLessonsThatComeWithEnsayo() throws {
        _ = try ensayo.output("new locks --in mine")
        let course = """
            format: 1
            parts:
              - title: { en: Mine, es: Míos }
                lessons: [ { id: locks, needs: [ retry ] } ]

            """
        try ensayo.write(course, "mine/course.yaml")
        #expect(try ensayo.run("lint mine").errors == "1 checked, no problems.\n")
        try ensayo.write(course.replacing("retry", with: "retries"), "mine/course.yaml")
        let outcome = try ensayo.run("lint mine")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("there is no lesson \"retries\""))
    }
}
