using Markdig.Helpers;
using Markdig.Parsers;

namespace NsiPortal.Rendering.Dialect.Attributes;

sealed class AttributeParser : InlineParser
{
    const int MaxLength = 300;

    /// <summary>Where the lists of a document are kept until it is parsed.</summary>
    public static readonly object Key = new();

    public AttributeParser() => OpeningCharacters = ['{'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.AsSpan();
        if (text.Length > MaxLength) text = text[..MaxLength];
        var end = text.IndexOfAny('}', '\n');
        if (end < 2 || text[end] != '}') return false;
        var content = text[1..end];
        if (content[0] == ':') content = content[1..];
        if (AttributeList.Read(content) is not { } attributes) return false;

        var before = slice.PeekCharExtra(-1);
        var list = new AttributeListInline(text[..(end + 1)].ToString(), attributes, before is '\0' or ' ' or '\n' or '\t');
        if (processor.Document.GetData(Key) is not List<AttributeListInline> lists) processor.Document.SetData(Key, lists = []);
        lists.Add(list);
        processor.Inline = list;
        slice.Start += end + 1;
        return true;
    }
}
