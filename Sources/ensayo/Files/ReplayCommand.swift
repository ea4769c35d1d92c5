import Workshop

/// `ensayo replay` as somebody types it for a recording, with the packs that it needs.
struct ReplayCommand {
    private let path: String
    private let packs: [String]

    /// The command for any session, with the packs that this process was told of.
    init(_ path: String, packs: [String] = PackOptions.named) {
        self.path = path
        self.packs = packs
    }

    /// The command for a recording; `nil`: none finds its lesson, for another one has its id.
    ///
    /// - Parameters:
    ///   - lesson: the id that the recording names; empty where it begins at the menu or in the sandbox.
    ///   - library: the lessons as they were recorded.
    init?(_ path: String, of lesson: String, in library: LessonLibrary) {
        self.path = path
        guard let recorded = try? library.entry(lesson) else {
            packs = PackOptions.named
            return
        }
        let candidates = [[], PackOptions.named, PackOptions.named + [recorded.folder]]
        let fitting = candidates.first { folders in
            let known = LessonLibrary(folder: library.folder, packs: folders + PackOptions.listed)
            return (try? known.including(lessonOf: path).entry(lesson))?.isSame(as: recorded) == true
        }
        guard let fitting else { return nil }
        packs = fitting
    }

    /// - Parameter option: what else is asked of it: `--update`.
    func text(_ option: String? = nil) -> String {
        let folders = packs.flatMap { ["--lessons", ShellWord.quoted($0)] }
        let words = ["ensayo", "replay"] + folders + [option].compactMap(\.self) + [ShellWord.quoted(path)]
        return words.joined(separator: " ")
    }
}
