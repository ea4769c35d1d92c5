import Foundation
import Scenario
import Testing

@testable import Workshop

/// Lessons from other folders stand after those that come with Ensayo, and can do no harm.
@Suite struct LessonPackTests {
    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
        try folder.writeLesson("own/01-first", id: "first")
        try folder.writeLesson("own/02-second", id: "second")
    }

    private func library(_ packs: String...) -> LessonLibrary {
        LessonLibrary(folder: folder["own"], packs: packs.map { folder[$0] })
    }

    private func said(_ library: LessonLibrary) -> [String] {
        library.problems.map { $0.description.replacing(folder.path + "/", with: "") }
    }

    @Test func packsStandAfterTheOwnLessonsUnderTheirNames() throws {
        try folder.writeLesson("queues/02-b", id: "b")
        try folder.writeLesson("queues/01-a", id: "a")
        try folder.writeLesson("more/Lessons/01-c", id: "c")
        let library = library("queues", "more")
        #expect(library.entries.map(\.id) == ["first", "second", "a", "b", "c"])
        #expect(library.entries.map(\.pack) == [nil, nil, "queues", "queues", "more"])
        #expect(try library.cover(library.entry("b")).pack == "queues")
        #expect(said(library) == [])
        // A number is that of the first lesson that has it.
        #expect(try library.entry("2").id == "second")
        #expect(try library.load("c").id == "c")
    }

    @Test func aSingleLessonIsAPack() throws {
        try folder.writeLesson("queues/01-a", id: "a")
        try folder.writeLesson("queues/02-b", id: "b")
        let library = library("queues/02-b/")
        #expect(library.entries.map(\.id) == ["first", "second", "b"])
        #expect(library.entries.last?.pack == "queues")
    }

    /// Lint looks at a pack alone, and at what it will stand beside.
    @Test func aPackClashesWithOtherLessonsAndNotWithItself() throws {
        try folder.writeLesson("queues/07-second", id: "second")
        let pack = LessonLibrary(folder: "", packs: [folder["queues"]])
        #expect(pack.problems.isEmpty && pack.clashes(with: pack).isEmpty)
        #expect(
            pack.clashes(with: library()).map { $0.message.replacing(folder.path + "/", with: "") } == [
                "there is a lesson \"second\" already, in own/02-second"
            ])
        #expect(pack.clashes(with: library("queues")).count == 1)
    }

    @Test func lessonsWithTheSameIdAreToldWithBothPlaces() throws {
        try folder.writeLesson("queues/07-second", id: "second")
        try folder.writeLesson("queues/08-b", id: "b")
        let library = library("queues")
        #expect(library.entries.map(\.id) == ["first", "second", "b"])
        #expect(
            said(library) == [
                """
                queues/07-second: error: there is a lesson "second" already, in own/02-second
                   give one of the two another id and folder: queues/07-second is left out
                """
            ])
    }

    @Test func aFolderNamedTwiceIsOnePack() throws {
        try folder.writeLesson("queues/01-a", id: "a")
        try folder.link("again", to: "queues")
        let library = library("queues", "queues/", "again", "own")
        #expect(library.entries.map(\.id) == ["first", "second", "a"])
        #expect(said(library) == [])
    }

    @Test func aBrokenPackHidesNoOther() throws {
        try folder.writeLesson("good/01-a", id: "a")
        try folder.write("text", "file")
        try folder.write("text", "empty/notes.md")
        try folder.write("text", "odd/01-file")
        let library = library("nowhere", "file", "empty", "odd", "good")
        #expect(library.entries.map(\.id) == ["first", "second", "a"])
        #expect(
            said(library) == [
                "nowhere: error: there is no such folder of lessons",
                "file: error: lessons are in a folder, and this is a file",
                "empty: error: the folder has no lessons\n   a lesson is a folder called NN-id, such as 01-queues",
                "odd: error: the folder has no lessons\n   a lesson is a folder called NN-id, such as 01-queues",
            ])
    }

    @Test(.enabled(if: geteuid() != 0, "root reads everything"))
    func anUnreadableFolderIsSaid() throws {
        try folder.writeLesson("closed/01-a", id: "a")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: folder["closed"])
        #expect(said(library("closed")) == ["closed: error: the folder cannot be read"])
    }

    @Test func linksDoNotLeadOutOfAPack() throws {
        try folder.writeLesson("elsewhere/01-a", id: "a")
        try folder.writeLesson("pack/02-b", id: "b")
        try folder.link("pack/01-a", to: folder["elsewhere/01-a"])
        try folder.link("pack/03-c", to: "02-b")
        let library = library("pack")
        #expect(library.entries.map(\.id) == ["first", "second", "b", "c"])
        #expect(said(library) == ["pack/01-a: error: the lesson is a link that leads out of the pack"])
    }

    @Test func linksDoNotLeadOutOfALesson() throws {
        try folder.write("secret", "secret.txt")
        try folder.writeLesson("pack/01-a", id: "a")
        try folder.remove("pack/01-a/es.md")
        try folder.link("pack/01-a/es.md", to: folder["secret.txt"])
        let error = #expect(throws: ScenarioError.self) { try library("pack").load("a") }
        #expect(error?.problems.map(\.short) == ["es.md: the file is a link that leads out of the lesson's folder"])
    }

    @Test func whatIsNoRegularFileIsNotReadForever() throws {
        try folder.writeLesson("pack/01-a", id: "a")
        try folder.remove("pack/01-a/en.md")
        #expect(mkfifo(folder["pack/01-a/en.md"], 0o600) == 0)
        let error = #expect(throws: ScenarioError.self) { try library("pack").load("a") }
        #expect(error?.problems.map(\.short) == ["en.md: the file cannot be read: it is not a regular file"])
    }

    @Test func aLargeFileIsRefused() throws {
        try folder.writeLesson("pack/01-a", id: "a")
        try folder.write(String(repeating: "x\n", count: 2 << 20), "pack/01-a/en.md")
        let error = #expect(throws: ScenarioError.self) { try library("pack").load("a") }
        #expect(error?.problems.map(\.short) == ["en.md: the file is larger than 1 MiB"])
    }

    @Test func thereMayBeAThousandLessonsAndNoMore() throws {
        for number in 1...1001 {
            try FileManager.default.createDirectory(
                atPath: folder["pack/\(number)-l\(number)"], withIntermediateDirectories: true)
        }
        let library = library("pack")
        #expect(library.entries.count == 1002)
        #expect(library.entries.last?.id == "l1000")
        #expect(said(library) == ["pack: error: there are 1001 lessons; the first 1000 are shown"])
        let error = #expect(throws: ScenarioError.self) { try library.entry("zzzzzzzzzz") }
        #expect(error?.problems.first?.suggestion?.count ?? 0 < 300)
    }

    @Test func namesOfFoldersActOnNoTerminal() throws {
        try folder.writeLesson("\u{1b}[31m/01-\u{1b}[2J", id: "a")
        let library = library("\u{1b}[31m")
        #expect(library.entries.last?.pack == "␛[31m")
        let error = #expect(throws: ScenarioError.self) { try library.entry("zzz") }
        #expect(error?.description.contains("\u{1b}") == false)
    }

    @Test func aLessonNamedByItsFolderCountsOverAnotherOfItsId() throws {
        try folder.writeLesson("work/05-second", id: "second")
        let library = library()
        let taken = library.including(LessonLibrary.entry(at: folder["work/05-second/"]))
        #expect(taken.entries.map(\.folder) == [folder["own/01-first"], folder["work/05-second"]])
        #expect(taken.entries.last?.pack == "work")
        // One's own lesson by its path is the same lesson.
        let same = library.including(LessonLibrary.entry(at: folder["own/02-second"]))
        #expect(same.entries == library.entries)
    }

    @Test func aSessionBelongsToTheLessonInWhoseFolderItLies() throws {
        try folder.writeLesson("work/05-b", id: "b")
        try folder.write("", "work/05-b/replays/first.replay")
        #expect(LessonLibrary.entry(holding: folder["work/05-b/replays/first.replay"])?.id == "b")
        #expect(LessonLibrary.entry(holding: folder["work/05-b/first.replay"]) == nil)
        #expect(LessonLibrary.entry(holding: "first.replay") == nil)
    }
}
