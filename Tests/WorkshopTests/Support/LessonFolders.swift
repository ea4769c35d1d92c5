import Foundation

@testable import Workshop

/// The lessons of the workshop itself.
enum LessonFolders {
    static let lessons = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Lessons")
        .standardized.path

    static let library = LessonLibrary(folder: lessons)
    static let ids = library.entries.map(\.id)
}
