namespace NsiPortal.Domain;

public static class TextStart
{
    extension(string text)
    {
        /// <summary>Its first characters, as many as that at most. One that takes two is not cut in halves, which databases and the framework refuse.</summary>
        public string Start(int length) => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }
}
