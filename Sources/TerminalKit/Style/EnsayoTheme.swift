extension Theme {
    /// The text of `Assets/themes/ensayo.theme`; a test keeps both the same.
    static let ensayoText = """
        # Ensayo: for dark terminals, on their own background.
        #
        # A line a role: its look in truecolour, with 256 colours, with 16, and without colour.
        # A look is a colour, perhaps `on` a background, or any of bold dim italic underline reverse, or both.
        # Colours: `default` (the terminal's own), #rrggbb, a number of the 256, or a name of the 16.
        # `=` in the columns for 256 and 16 takes the nearest colours.
        # `page` is what `default` stands for where there is no terminal (pictures): foreground on background.

        theme ensayo
        page  #d6d9de on #14161b

        # role    | truecolour         | 256 | 16                   | mono
        text      | default            | =   | default              | default
        muted     | #949ca8            | =   | default dim          | dim
        title     | #e8e6e3 bold       | =   | bright-white bold    | bold
        border    | #788191            | =   | bright-black         | dim
        accent    | #ffd166 bold       | =   | bright-yellow bold   | bold
        focus     | #ffd166 bold       | =   | bright-yellow bold   | bold
        selection | #14161b on #ffd166 | =   | black on yellow      | reverse
        ok        | #79c779            | =   | green                | default
        fail      | #ff7575 bold       | =   | bright-red bold      | bold reverse
        warn      | #ff9f43            | =   | yellow               | bold underline
        wait      | #8fb4d9            | =   | bright-blue          | italic
        cache     | #3fc6d8            | =   | cyan                 | underline
        reject    | #d98cf0            | =   | magenta              | reverse
        key       | #ffd166 bold       | =   | bright-yellow bold   | bold
        keyLabel  | #b4bac4            | =   | default              | default
        bar       | #e8e6e3 on #2b313d | =   | bright-white on blue | reverse
        hue1      | #8ab4f8            | =   | bright-blue          | default
        hue2      | #f2a97e            | =   | yellow               | default
        hue3      | #b9a3e3            | =   | bright-magenta       | default
        hue4      | #7fd1c7            | =   | bright-cyan          | default
        hue5      | #dcc87a            | =   | bright-yellow        | default
        hue6      | #f29bc1            | =   | bright-red           | default
        before    | #9aa6b8            | =   | white                | dim
        after     | #7ee0b8 bold       | =   | bright-green bold    | bold
        """
}
