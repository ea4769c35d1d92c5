import Scenario

extension LessonLibrary {
    /// How the lessons make a course: those that come with Ensayo, then each pack. A pack that says nothing about it is
    /// a part under its own name.
    ///
    /// Throws ``ScenarioError`` with what is wrong with the files.
    public func course() throws(ScenarioError) -> Course {
        var course = Course()
        for shelf in shelves {
            if let file = shelf.file(CourseReader.name) {
                course = course + (try CourseReader.read(file.bytes, file: file.path))
            } else if let name = shelf.entries.first?.pack {
                course.parts.append(Course.Part(title: LocalizedText(name), lessons: shelf.entries.map(\.id)))
            }
        }
        return course
    }

    /// What is wrong with the files beside the lessons: the courses and the glossaries.
    ///
    /// - Parameter others: ids of lessons that are not of this library, and may be named all the same.
    public func courseProblems(among others: [String] = []) -> [Problem] {
        let known = entries.map(\.id) + others
        return shelves.flatMap { problems(of: $0, known) + glossaryProblems(of: $0, known) }
    }

    private func problems(of shelf: Shelf, _ known: [String]) -> [Problem] {
        guard let file = shelf.file(CourseReader.name) else { return [] }
        do throws(ScenarioError) {
            let course = try CourseReader.read(file.bytes, file: file.path, lessons: known)
            let taught = course.parts.flatMap(\.lessons)
            return shelf.entries.map(\.id).filter { !taught.contains($0) }.map { id in
                Problem(
                    file: file.path, message: "no part of the course has \(SafeText.quoted(id))",
                    suggestion: "add it to a part")
            }
        } catch {
            return error.problems
        }
    }

    /// Lessons that lie in one folder, and may have files beside them.
    struct Shelf {
        var folder: String
        var entries: [Entry]

        /// A file of theirs; `nil`: there is none.
        func file(_ name: String) -> (path: String, bytes: [UInt8])? {
            let bytes = try? KeyFiles.bytes(of: name, below: folder, limit: LessonLibrary.maximumBytes)
            return bytes.map { ("\(folder)/\(name)", $0) }
        }
    }

    /// In the order of the lessons.
    var shelves: [Shelf] {
        var shelves: [Shelf] = []
        for entry in entries {
            let folder = entry.folder.lastIndex(of: "/").map { String(entry.folder[..<$0]) } ?? "."
            if let place = shelves.firstIndex(where: { $0.folder == folder }) {
                shelves[place].entries.append(entry)
            } else {
                shelves.append(Shelf(folder: folder, entries: [entry]))
            }
        }
        return shelves
    }
}

extension Lesson {
    /// The lessons that it stands among.
    var library: LessonLibrary {
        LessonLibrary(folder: folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? ".")
    }
}
