import Scenario
public enum LessonLint { public static func check(folder: String) -> [Problem] { [] } }
