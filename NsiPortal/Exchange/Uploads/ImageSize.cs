namespace NsiPortal.Exchange.Uploads;

/// <summary>The pixels of an image, as its header declares them: nothing is decoded to count them.</summary>
static class ImageSize
{
    /// <exception cref="RefusedFileException">There are none, or too many.</exception>
    public static void Check(long width, long height)
    {
        if (width <= 0 || height <= 0) throw new RefusedFileException("NoSize");
        // Each by itself first: the product of two as large as can be is none.
        if (width > Upload.MaximumPixels || height > Upload.MaximumPixels || width * height > Upload.MaximumPixels)
            throw new RefusedFileException("Pixels", width, height, Upload.MaximumPixels / 1_000_000) { TooLarge = true };
    }

    /// <summary>Its structure breaks off, or contradicts itself.</summary>
    public static RefusedFileException Broken(string kind) => new("BrokenImage", kind);
}
