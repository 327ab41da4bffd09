using System.Collections.Frozen;

namespace NsiPortal.Rendering.Dialect.Keys;

/// <summary>What is written on the keys of a French keyboard, by their names in Markdown.</summary>
static class KeyNames
{
    static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["ctrl"] = "Ctrl", ["control"] = "Ctrl", ["left-control"] = "Ctrl", ["right-control"] = "Ctrl",
        ["alt"] = "Alt", ["left-alt"] = "Alt", ["right-alt"] = "Alt", ["alt-graph"] = "AltGr", ["altgr"] = "AltGr",
        ["shift"] = "Maj", ["maj"] = "Maj", ["left-shift"] = "Maj", ["right-shift"] = "Maj",
        ["caps-lock"] = "Verr Maj", ["capslock"] = "Verr Maj", ["verr-maj"] = "Verr Maj", ["num-lock"] = "Verr Num", ["scroll-lock"] = "Arrêt défil",
        ["enter"] = "Entrée", ["return"] = "Entrée", ["entree"] = "Entrée", ["entrée"] = "Entrée", ["num-enter"] = "Entrée",
        ["tab"] = "Tab", ["space"] = "Espace", ["spc"] = "Espace", ["espace"] = "Espace", ["esc"] = "Échap", ["escape"] = "Échap", ["echap"] = "Échap", ["échap"] = "Échap",
        ["backspace"] = "Retour arrière", ["back"] = "Retour arrière", ["bksp"] = "Retour arrière",
        ["del"] = "Suppr", ["delete"] = "Suppr", ["suppr"] = "Suppr", ["ins"] = "Inser", ["insert"] = "Inser", ["inser"] = "Inser",
        ["home"] = "Début", ["debut"] = "Début", ["début"] = "Début", ["end"] = "Fin", ["fin"] = "Fin",
        ["page-up"] = "Page préc.", ["pageup"] = "Page préc.", ["prior"] = "Page préc.", ["pgup"] = "Page préc.",
        ["page-down"] = "Page suiv.", ["pagedown"] = "Page suiv.", ["next"] = "Page suiv.", ["pgdn"] = "Page suiv.", ["pg-dn"] = "Page suiv.", ["pg-up"] = "Page préc.",
        ["up"] = "↑", ["arrow-up"] = "↑", ["haut"] = "↑", ["down"] = "↓", ["arrow-down"] = "↓", ["bas"] = "↓",
        ["left"] = "←", ["arrow-left"] = "←", ["gauche"] = "←", ["right"] = "→", ["arrow-right"] = "→", ["droite"] = "→",
        ["cmd"] = "Cmd", ["command"] = "Cmd", ["meta"] = "Méta", ["win"] = "Win", ["windows"] = "Win", ["super"] = "Super", ["option"] = "Option", ["fn"] = "Fn", ["menu"] = "Menu", ["apps"] = "Menu",
        ["print-screen"] = "Impr écran", ["prtsc"] = "Impr écran", ["pause"] = "Pause", ["break"] = "Pause",
        ["plus"] = "+", ["minus"] = "-", ["equal"] = "=", ["asterisk"] = "*", ["slash"] = "/", ["backslash"] = "\\", ["comma"] = ",", ["period"] = ".", ["dot"] = ".",
        ["semicolon"] = ";", ["colon"] = ":", ["exclam"] = "!", ["question"] = "?", ["hash"] = "#", ["dollar"] = "$", ["percent"] = "%", ["ampersand"] = "&", ["at"] = "@",
        ["brace-left"] = "{", ["brace-right"] = "}", ["bracket-left"] = "[", ["bracket-right"] = "]", ["paren-left"] = "(", ["paren-right"] = ")",
        ["less-than"] = "<", ["greater-than"] = ">", ["single-quote"] = "'", ["double-quote"] = "\"", ["grave"] = "`", ["pipe"] = "|", ["tilde"] = "~", ["underscore"] = "_", ["circumflex"] = "^",
        ["left-button"] = "Clic gauche", ["lmb"] = "Clic gauche", ["right-button"] = "Clic droit", ["rmb"] = "Clic droit", ["middle-button"] = "Clic du milieu", ["mmb"] = "Clic du milieu",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>A letter or a function key is shown in upper case; a name that is not known, with its first letter so.</summary>
    public static string Of(string name)
    {
        if (Names.TryGetValue(name, out var known)) return known;
        var words = name.Replace('-', ' ').Replace('_', ' ').Trim();
        return words.Length == 0 ? name : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
