using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NsiPortal.Exchange;

/// <summary>The pieces of a YAML text, one after the other. Whatever is wrong with it is a <see cref="YamlException"/>.</summary>
sealed class YamlEvents(string yaml)
{
    readonly Parser parser = new(new StringReader(yaml));

    public ParsingEvent? Current => parser.Current;

    public bool MoveNext()
    {
        try
        {
            return parser.MoveNext();
        }
        // The parser gives up with other exceptions on « !![ », and on a line that begins with % between brackets.
        catch (Exception e) when (e is not (YamlException or OutOfMemoryException))
        {
            var reached = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(reached, reached, e.Message, e);
        }
    }
}
