import Foundation
import Testing

@testable import Workshop

private typealias Progress = Workshop.Progress

/// Progress on disk: never damaged, never lost, never in the way.
@Suite final class ProgressStoreTests {
    private let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "ensayo-progress-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        chmod(folder, 0o700)
        try? FileManager.default.removeItem(atPath: folder)
    }

    private var file: String { folder + "/progress.json" }
    private func store() -> ProgressStore { ProgressStore(folder: folder) }
    private var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted() }
    private func write(_ text: String) throws { try text.write(toFile: file, atomically: false, encoding: .utf8) }
    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private func progress(_ lesson: String = "orchestration", step: String = "knee") -> Progress {
        var progress = Progress()
        var done = LessonProgress()
        done.step = step
        done.done = ["three-calls"]
        done.answers = ["one-week": .init(reply: "cosmos", confidence: .sure, isRight: true)]
        progress.language = .spanish
        progress.lessons[lesson] = done
        return progress
    }

    @Test func whatIsSavedIsFoundAgain() {
        let store = store()
        #expect(store.load() == Progress())
        store.save(progress())
        #expect(self.store().load() == progress())
        #expect(store.complaints == [])
        #expect(names == ["progress.json", "progress.lock"])
    }

    @Test func theFolderIsMade() {
        let store = ProgressStore(folder: folder + "/a/b")
        store.save(progress())
        #expect(ProgressStore(folder: folder + "/a/b").load() == progress())
        #expect(store.complaints == [])
    }

    @Test(arguments: [
        ("", "damaged"), ("{", "damaged"), ("[]", "damaged"), ("{\"version\":\"1\"}", "damaged"),
        ("{\"version\":1}", "damaged"), ("{\"version\":1,\"lessons\":{\"a\":3}}", "damaged"), ("\0\0\0", "damaged"),
        ("{\"version\":2,\"lessons\":[\"in\",\"another\",\"form\"]}", "v2"),
    ])
    func whatCannotBeUsedIsSetAside(text: String, suffix: String) throws {
        try write(text)
        let store = store()
        #expect(store.load() == Progress())
        #expect(store.complaints.count == 1)
        #expect(store.complaints.first?.contains("progress.json.\(suffix)") == true)
        store.save(progress())
        #expect(try self.text(file + ".\(suffix)") == text)
        #expect(self.store().load() == progress())
        // And the next time under a name of its own.
        try write(text)
        _ = self.store().load()
        #expect(names.filter { $0.hasPrefix("progress.json.\(suffix)") }.count == 2)
    }

    /// A newer version may have written it since this program began.
    @Test func whatAnotherProgramWroteMeanwhileIsNotOverwritten() throws {
        let store = store()
        _ = store.load()
        try write("{\"version\":3}")
        store.save(progress())
        #expect(try text(file + ".v3") == "{\"version\":3}")
        #expect(self.store().load() == progress())
    }

    @Test func aFileThatIsNoneIsSetAside() throws {
        try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: true)
        let store = store()
        #expect(store.load() == Progress())
        store.save(progress())
        #expect(self.store().load() == progress())
        try FileManager.default.removeItem(atPath: file)
        #expect(mkfifo(file, 0o600) == 0)
        #expect(self.store().load() == Progress())
    }

    @Test func anEndlessFileIsSetAside() throws {
        #expect(FileManager.default.createFile(atPath: file, contents: nil))
        #expect(truncate(file, 1 << 40) == 0)
        #expect(store().load() == Progress())
        #expect(names == ["progress.json.damaged"])
    }

    @Test func aFolderThatCannotBeWrittenIsSaidOnce() {
        for folder in ["/proc/ensayo", "/dev/null/ensayo", "/dev/full"] {
            let store = ProgressStore(folder: folder)
            #expect(store.load() == Progress())
            store.save(progress())
            store.save(progress("other"))
            #expect(store.complaints.count == 1, "\(store.complaints)")
            #expect(store.complaints.first?.hasPrefix("Progress could not be saved in \(folder)/progress.json") == true)
        }
    }

    @Test func aLinkStaysOne() throws {
        let real = folder + "/elsewhere.json"
        try write("{\"version\":1,\"lessons\":{}}")
        try FileManager.default.moveItem(atPath: file, toPath: real)
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: real)
        let store = store()
        _ = store.load()
        store.save(progress())
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: file) == real)
        #expect(self.store().load() == progress())
    }

    /// A crash leaves the old bytes or the new ones: what is half written has another name.
    @Test func nothingIsLeftBehind() {
        let store = store()
        for step in 0..<20 { store.save(progress(step: "\(step)")) }
        #expect(names == ["progress.json", "progress.lock"])
    }

    // MARK: Two at once

    @Test func twoLessonsInTwoTerminalsAreBothKept() {
        let (one, two) = (store(), store())
        _ = (one.load(), two.load())
        one.save(progress("a"))
        two.save(progress("b"))
        one.save(progress("a", step: "later"))
        let kept = store().load()
        #expect(kept.lessons["a"]?.step == "later")
        #expect(kept.lessons["b"]?.step == "knee")
    }

    @Test func oneLessonInTwoTerminalsLosesNoAnswer() {
        let (one, two) = (store(), store())
        _ = (one.load(), two.load())
        var first = progress()
        first.lessons["orchestration"]?.passed = ["room"]
        one.save(first)
        var second = progress(step: "room")
        second.lessons["orchestration"]?.answers = ["new-order": .init(reply: "2", confidence: .guess, isRight: true)]
        second.lessons["orchestration"]?.done = ["fan-out"]
        two.save(second)
        let kept = store().load().lessons["orchestration"]
        #expect(kept?.step == "room")
        #expect(kept?.passed == ["room"])
        #expect(Set(kept?.answers.keys ?? [:].keys) == ["one-week", "new-order"])
        #expect(Set(kept?.done ?? []) == ["three-calls", "fan-out"])
    }

    @Test func manyAtOnceDamageNothing() async {
        let folder = folder
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let store = ProgressStore(folder: folder)
                    _ = store.load()
                    var progress = Progress()
                    for step in 0..<25 {
                        progress.lessons["\(writer)"] = LessonProgress()
                        progress.lessons["\(writer)"]?.step = "\(step)"
                        store.save(progress)
                    }
                }
            }
        }
        let kept = store().load()
        #expect(kept.lessons.count == 4)
        #expect(kept.lessons.values.allSatisfy { $0.step == "24" })
        #expect(names == ["progress.json", "progress.lock"])
    }
}
