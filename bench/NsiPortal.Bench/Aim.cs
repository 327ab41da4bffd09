namespace NsiPortal.Bench;

static class Aim
{
    public static string Said(bool reached) => reached ? "reached" : "missed";
}
