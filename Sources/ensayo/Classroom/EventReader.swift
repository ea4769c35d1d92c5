import Classroom
import Scenario
import Workshop

/// Reads what comes from a classroom, as the workshop takes it.
struct EventReader {
    /// The lesson that came last. With every new connection it comes again, and nobody should hear it twice.
    private var package: LessonPackage?

    /// Nothing for what makes no sense, and for what is known.
    mutating func messages(_ event: ClassroomEvent) -> [Message] {
        switch event {
        case .received(.lesson, let bytes):
            guard let package = LessonPackage(bytes: bytes), package != self.package else { return [] }
            self.package = package
            do throws(ScenarioError) {
                return [.opened(.success(try package.lesson())), .glossary(.success(package.glossary()))]
            } catch {
                return [.opened(.failure(error))]
            }
        case .received(.state, let bytes): return LessonSnapshot(bytes: bytes).map { [.followed($0)] } ?? []
        case .received(.notes, let bytes): return NotesSnapshot(bytes: bytes).map { [.noted($0)] } ?? []
        case .lost: return [.instructorLost(.connection)]
        case .reconnected: return [.instructorLost(nil)]
        case .ended: return [.instructorLost(.ended)]
        }
    }
}
