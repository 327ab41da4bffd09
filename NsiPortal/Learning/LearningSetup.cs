namespace NsiPortal.Learning;

/// <summary>What pupils do, and what comes of it.</summary>
public static class LearningSetup
{
    public static void AddLearning(this IServiceCollection services)
    {
        services.AddSingleton<Catalogue>();
        services.AddScoped<Submissions>();
        services.AddScoped<Trials>();
        services.AddSingleton<Regrading>();
        services.AddSingleton<BadgeAwards>();
        services.AddScoped<Overviews>();
        services.AddScoped<Leaderboards>();
        services.AddScoped<ClassGrids>();
        services.AddScoped<Marking>();
    }
}
