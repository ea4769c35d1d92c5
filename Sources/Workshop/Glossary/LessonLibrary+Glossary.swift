import Scenario

extension LessonLibrary {
    /// The terms of the lessons, and of each pack: where two explain the same, the first one counts.
    public func readGlossary() -> Result<Glossary, ScenarioError> {
        Result { () throws(ScenarioError) in
            var glossary = Glossary()
            for shelf in shelves {
                guard let file = shelf.file(GlossaryReader.name) else { continue }
                glossary.add(try GlossaryReader.read(file.bytes, file: file.path))
            }
            return glossary
        }
    }

    /// The files of the terms, in the order in which they count.
    public var glossaryFiles: [[UInt8]] { shelves.compactMap { $0.file(GlossaryReader.name)?.bytes } }

    /// What is wrong with a glossary.
    func glossaryProblems(of shelf: Shelf, _ known: [String]) -> [Problem] {
        guard let file = shelf.file(GlossaryReader.name) else { return [] }
        do throws(ScenarioError) {
            _ = try GlossaryReader.read(file.bytes, file: file.path, lessons: known)
            return []
        } catch {
            return error.problems
        }
    }
}
